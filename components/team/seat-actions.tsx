"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SeatSituation } from "#components/team/seat-situation";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

const SeatQuestion = dynamic(
  () => import("#components/team/seat-question").then((part) => part.SeatQuestion),
  { loading: () => null },
);

type Props = {
  slug: string;
  name: string;
  /** Who it is for. */
  holder: { memberId: string } | { invitationId: string };
  /** Their seat, where they have one. */
  assignmentId: string | undefined;
  situation: SeatSituation;
};

/** Give somebody a seat, add one for them where none is free, or free theirs. */
export function SeatActions(props: Props) {
  const t = useTranslations("seats.table");
  const { assignmentId, situation } = props;
  if (assignmentId) return <FreeSeat {...props} assignmentId={assignmentId} />;
  if (situation.left > 0) return <GiveSeat {...props} />;
  if (situation.canBuy) return <BuySeat {...props} />;
  return <span className="self-center px-2 text-xs text-muted">{t("full")}</span>;
}

function FreeSeat({ slug, name, assignmentId }: Props & { assignmentId: string }) {
  const t = useTranslations("seats.table");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("free")}
      triggerVariant="ghost"
      triggerLabel={t("freeOf", { name })}
      title={t("freeTitle", { name })}
      effect={<p>{t("freeEffect", { name })}</p>}
      confirm={t("freeConfirm")}
      path={`/api/v1/tenants/${slug}/seats/assignments/${assignmentId}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}

function GiveSeat({ slug, name, holder }: Props) {
  const t = useTranslations("seats.table");
  const router = useRouter();
  const effect = "invitationId" in holder ? t("keepEffect", { name }) : t("giveEffect", { name });
  return (
    <ConfirmDialog
      trigger={t("give")}
      triggerVariant="ghost"
      triggerLabel={t("giveOf", { name })}
      title={t("giveTitle", { name })}
      effect={<p>{effect}</p>}
      confirm={t("giveConfirm")}
      path={`/api/v1/tenants/${slug}/seats/assignments`}
      body={holder}
      onDone={() => router.refresh()}
    />
  );
}

function BuySeat({ slug, name, holder, situation }: Props) {
  const t = useTranslations("seats.table");
  const [isOpen, setOpen] = useState(false);
  const { bought, taken, limit } = situation;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={t("giveOf", { name })}
        onPress={() => setOpen(true)}
      >
        {t("give")}
      </Button>
      {isOpen && (
        <SeatQuestion
          {...{ slug, bought, taken, limit }}
          title={t("buyTitle", { name })}
          effect={t("buyEffect")}
          confirm={t("buyConfirm")}
          path={`/api/v1/tenants/${slug}/seats/assignments`}
          method="POST"
          toBody={({ from, asOf }) => ({ ...holder, buy: { from, asOf } })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
