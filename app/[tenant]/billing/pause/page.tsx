import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { ChangeEffect } from "#components/changes/change-effect";
import { ChangePage } from "#components/changes/change-page";
import { ChoiceLinks } from "#components/changes/choice-links";
import { ConfirmChange } from "#components/changes/confirm-change";
import { DrawingUp } from "#components/changes/drawing-up";
import { PreviewOrWhy } from "#components/changes/preview-or-why";
import { Card } from "#components/ui/card";
import { seenOf } from "#lib/billing/seen-preview";
import type { TenantContext } from "#lib/tenancy/context";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const query = z.object({
  months: z.coerce.number().int().min(1).max(3).optional().catch(undefined),
});
const offered = [1, 2, 3] as const;

export async function generateMetadata() {
  const t = await getTranslations("changes.pause");
  return { title: t("title") };
}

export default async function PausePage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.pause");
  const { months = null } = query.parse(await searchParams);
  const root = `/${ctx.tenantSlug}/billing/pause`;
  const links = [
    { href: root, label: t("open"), isCurrent: months === null },
    ...offered.map((count) => ({
      href: `${root}?months=${count}`,
      label: t("months", { months: count }),
      isCurrent: months === count,
    })),
  ];
  return (
    <ChangePage ctx={ctx} title={t("title")} sentence={t("sentence")}>
      <div className="grid max-w-xl gap-5">
        <ChoiceLinks label={t("for")} links={links} />
        <Suspense key={months} fallback={<DrawingUp />}>
          <Pause ctx={ctx} months={months} />
        </Suspense>
      </div>
    </ChangePage>
  );
}

async function Pause({ ctx, months }: { ctx: TenantContext; months: number | null }) {
  const t = await getTranslations("changes.pause");
  const input = { kind: "pause", months } as const;
  return (
    <PreviewOrWhy ctx={ctx} input={input}>
      {(preview) => (
        <Card title={t("whatTitle")}>
          <div className="grid gap-5">
            <ul className="grid list-disc gap-1 ps-5">
              <li>{t("free")}</li>
              <li>{t("credit")}</li>
              <li>{t("usage")}</li>
              <li>
                {preview.resumesAt ? t("resumesAt", { at: preview.resumesAt }) : t("resumesOpen")}
              </li>
            </ul>
            <ChangeEffect preview={preview} />
            <ConfirmChange
              slug={ctx.tenantSlug}
              body={{ ...input, ...seenOf(preview) }}
              label={t("confirm")}
            />
          </div>
        </Card>
      )}
    </PreviewOrWhy>
  );
}
