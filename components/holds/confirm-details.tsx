"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

/** Says that the details of the business are right. */
export function ConfirmDetails({ slug }: { slug: string }) {
  const t = useTranslations("holds.confirm");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("action")}
      title={t("question")}
      effect={<p>{t("effect")}</p>}
      confirm={t("send")}
      path={`/api/v1/tenants/${slug}/connect/confirm`}
      onDone={() => router.refresh()}
    />
  );
}
