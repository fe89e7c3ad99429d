"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useCopied } from "#components/ui/use-copied";
import type { LinkStatus } from "#lib/selling/link";

type Props = { slug: string; id: string; status: LinkStatus };

/** Pauses a link, opens it again or ends it, after saying what that does. */
export function LinkActions({ slug, id, status }: Props) {
  const t = useTranslations("selling.links");
  const router = useRouter();
  const path = `/api/v1/tenants/${slug}/payment-links/${id}/switch` as const;
  const onDone = () => router.refresh();
  if (status === "archived") return null;
  const next = status === "active" ? "paused" : "active";
  const words = status === "active" ? "pause" : "open";
  return (
    <>
      <ConfirmDialog
        trigger={t(words)}
        title={t(`${words}Title`)}
        effect={<p>{t(`${words}Effect`)}</p>}
        confirm={t(words)}
        path={path}
        body={{ to: next }}
        onDone={onDone}
      />
      <ConfirmDialog
        trigger={t("archive")}
        triggerVariant="ghost"
        title={t("archiveTitle")}
        effect={<p>{t("archiveEffect")}</p>}
        confirm={t("archive")}
        isDangerous
        path={path}
        body={{ to: "archived" }}
        onDone={onDone}
      />
    </>
  );
}

/** Copies the whole address. */
export function CopyAddress({ address }: { address: string }) {
  const t = useTranslations("selling.links");
  const { isCopied, copy } = useCopied(address);
  return (
    <Button size="sm" onPress={copy}>
      {isCopied ? t("copied") : t("copy")}
    </Button>
  );
}
