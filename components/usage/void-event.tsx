"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { slug: string; eventKey: string; value: string; at: string };

/** Voids an event, once its effect was read. */
export function VoidEvent({ slug, eventKey, value, at }: Props) {
  const t = useTranslations("usage.events");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("void")}
      triggerVariant="ghost"
      triggerLabel={t("voidLabel", { key: eventKey })}
      title={t("voidTitle")}
      effect={t("voidEffect", { value, at: new Date(at) })}
      confirm={t("voidConfirm")}
      isDangerous
      path={`/api/v1/tenants/${slug}/usage/events/${encodeURIComponent(eventKey)}`}
      method="DELETE"
      body={{ reason: t("voidReason") }}
      onDone={() => router.refresh()}
    />
  );
}
