"use client";

import { Modal } from "@heroui/react/modal";
import { useTranslations } from "next-intl";
import { InviteForm } from "#components/team/invite-form";
import type { TenantRole } from "#lib/tenancy/permissions";

type Props = {
  slug: string;
  workspace: string;
  roles: readonly TenantRole[];
  seatNote: string | undefined;
  onClose: () => void;
};

/** The form that invites, over the page. Loaded when it is asked for. */
export function InviteQuestion({ workspace, onClose, ...form }: Props) {
  const t = useTranslations("tenant.invite");
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal.Container size="sm">
        <Modal.Dialog>
          <Modal.Header>
            <Modal.Heading>{t("title", { name: workspace })}</Modal.Heading>
          </Modal.Header>
          <InviteForm {...form} onClose={onClose} />
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
