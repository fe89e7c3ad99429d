"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { LimitAct } from "#lib/usage/limit";

type Props = { slug: string; id: string; act: LimitAct; amount: string };

/** Removes an alert or a cap, once its effect was read. */
export function RemoveLimit({ slug, id, act, amount }: Props) {
  const t = useTranslations("usage.limits");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("remove")}
      triggerVariant="ghost"
      triggerLabel={t("removeLabel", { amount })}
      title={t("removeTitle")}
      effect={t("removeEffect", { act, amount })}
      confirm={t("removeConfirm")}
      path={`/api/v1/tenants/${slug}/usage/limits/${id}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}
