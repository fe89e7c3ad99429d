"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { place: Place; id: string; url: string; isWaiting: boolean };

/** Sends one message again, or sooner. */
export function ReplayDelivery({ place, id, url, isWaiting }: Props) {
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
      path={`${place.api}/webhook-deliveries/${id}/replay`}
      onDone={() => router.refresh()}
    />
  );
}
