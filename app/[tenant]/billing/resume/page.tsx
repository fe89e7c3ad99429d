import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ChangeEffect } from "#components/changes/change-effect";
import { ChangePage } from "#components/changes/change-page";
import { ConfirmChange } from "#components/changes/confirm-change";
import { DrawingUp } from "#components/changes/drawing-up";
import { PreviewOrWhy } from "#components/changes/preview-or-why";
import { formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import type { ChangePreview } from "#lib/billing/change-preview";
import { seenOf } from "#lib/billing/seen-preview";
import type { TenantContext } from "#lib/tenancy/context";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("changes.resume");
  return { title: t("title") };
}

export default async function ResumePage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.resume");
  return (
    <ChangePage ctx={ctx} title={t("title")} sentence={t("sentence")}>
      <div className="max-w-xl">
        <Suspense fallback={<DrawingUp />}>
          <Resume ctx={ctx} />
        </Suspense>
      </div>
    </ChangePage>
  );
}

async function Resume({ ctx }: { ctx: TenantContext }) {
  const t = await getTranslations("changes.resume");
  const locale = await getLocale();
  const input = { kind: "resume" } as const;
  const label = ({ dueNowMinor: minor, currency }: ChangePreview) =>
    minor > 0n
      ? t("confirm", { amount: formatAmount({ minor, currency }, locale) })
      : t("confirmFree");
  return (
    <PreviewOrWhy ctx={ctx} input={input}>
      {(preview) => (
        <Card>
          <div className="grid gap-5">
            <ChangeEffect preview={preview} />
            <p className="text-muted">{t("safe")}</p>
            <ConfirmChange
              slug={ctx.tenantSlug}
              body={{ ...input, ...seenOf(preview) }}
              label={label(preview)}
            />
          </div>
        </Card>
      )}
    </PreviewOrWhy>
  );
}
