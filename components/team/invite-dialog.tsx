"use client";

import { Modal } from "@heroui/react/modal";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { InviteForm } from "#components/team/invite-form";
import { Button } from "#components/ui/button";
import type { TenantRole } from "#lib/tenancy/permissions";

type Props = {
  slug: string;
  workspace: string;
  /** The roles this person may give. */
  roles: readonly TenantRole[];
  /** Open at once: the way here was the wish to invite. */
  isOpenFirst: boolean;
};

/** The button that invites, and the form behind it. */
export function InviteDialog({ slug, workspace, roles, isOpenFirst }: Props) {
  const t = useTranslations("tenant");
  const [isOpen, setOpen] = useState(isOpenFirst);
  const close = () => {
    setOpen(false);
    if (isOpenFirst) window.history.replaceState(null, "", `/${slug}/team`);
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("team.invite")}</Button>
      <Modal.Backdrop isOpen={isOpen} onOpenChange={(open) => (open ? setOpen(true) : close())}>
        <Modal.Container size="sm">
          <Modal.Dialog>
            <Modal.Header>
              <Modal.Heading>{t("invite.title", { name: workspace })}</Modal.Heading>
            </Modal.Header>
            <InviteForm slug={slug} roles={roles} onClose={close} />
          </Modal.Dialog>
        </Modal.Container>
      </Modal.Backdrop>
    </>
  );
}
