"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { slug: string; id: string; url: string; isWaiting: boolean };

/** Sends one message again, or sooner. */
export function ReplayDelivery({ slug, id, url, isWaiting }: Props) {
  const t = useTranslations("developers.delivery");
  const router = useRouter();
  const trigger = t(isWaiting ? "replayNow" : "replay");
  return (
    <ConfirmDialog
      trigger={trigger}
      title={t("replayTitle")}
      effect={
        <p className="break-words">
          {t("replayEffect", { url })} {isWaiting && t("replayNowEffect")}
        </p>
      }
      confirm={trigger}
      path={`/api/v1/tenants/${slug}/webhook-deliveries/${id}/replay`}
      onDone={() => router.refresh()}
    />
  );
}
