"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import type { TenantRole } from "#lib/tenancy/permissions";

const InviteQuestion = dynamic(
  () => import("#components/team/invite-question").then((module) => module.InviteQuestion),
  { loading: () => null },
);

type Props = {
  slug: string;
  workspace: string;
  /** The roles this person may give. */
  roles: readonly TenantRole[];
  /** Open at once: the way here was the wish to invite. */
  isOpenFirst: boolean;
  /** What awaits who joins: how many seats are free. Undefined where the plan has none. */
  seatNote: string | undefined;
};

/** The button that invites, and the form behind it. */
export function InviteDialog({ isOpenFirst, ...rest }: Props) {
  const { slug } = rest;
  const t = useTranslations("tenant.team");
  const router = useRouter();
  const [isOpen, setOpen] = useState(isOpenFirst);
  const close = () => {
    setOpen(false);
    if (isOpenFirst) window.history.replaceState(null, "", `/${slug}/team`);
    router.refresh();
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("invite")}</Button>
      {isOpen && <InviteQuestion {...rest} onClose={close} />}
    </>
  );
}
