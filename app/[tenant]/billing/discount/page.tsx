import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { ChangeEffect } from "#components/changes/change-effect";
import { ChangePage } from "#components/changes/change-page";
import { CodeForm } from "#components/changes/code-form";
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

const query = z.object({ code: z.string().trim().min(1).max(100).optional().catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("changes.discount");
  return { title: t("title") };
}

export default async function DiscountPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.discount");
  const { code } = query.parse(await searchParams);
  return (
    <ChangePage ctx={ctx} title={t("title")} sentence={t("sentence")}>
      <div className="grid max-w-xl gap-5">
        <CodeForm action={`/${ctx.tenantSlug}/billing/discount`} code={code} />
        {code ? (
          <Suspense key={code} fallback={<DrawingUp />}>
            <Discount ctx={ctx} code={code} />
          </Suspense>
        ) : (
          <p className="text-muted">{t("none")}</p>
        )}
      </div>
    </ChangePage>
  );
}

async function Discount({ ctx, code }: { ctx: TenantContext; code: string }) {
  const t = await getTranslations("changes.discount");
  const input = { kind: "discount", code } as const;
  return (
    <PreviewOrWhy ctx={ctx} input={input}>
      {(preview) => {
        const found = preview.choice.kind === "discount" ? preview.choice : null;
        return (
          <Card title={found?.words ?? code}>
            <div className="grid gap-5">
              <ChangeEffect preview={preview} />
              <ConfirmChange
                slug={ctx.tenantSlug}
                body={{ ...input, ...seenOf(preview) }}
                label={t("confirm", { code: found?.code ?? code })}
              />
            </div>
          </Card>
        );
      }}
    </PreviewOrWhy>
  );
}
