"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { slug: string; payoutId: string; amount: string };

/** Stops a payout that has not left, once. */
export function StopPayout({ slug, payoutId, amount }: Props) {
  const t = useTranslations("payouts.one");
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  return (
    <ConfirmDialog
      trigger={t("stop")}
      title={t("stopTitle")}
      effect={t("stopEffect", { amount })}
      confirm={t("stop")}
      isDangerous
      path={`/api/v1/tenants/${slug}/payouts/${payoutId}/cancel`}
      body={{ key }}
      onDone={() => router.refresh()}
    />
  );
}
