import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { ChangeEffect } from "#components/changes/change-effect";
import { ChangePage } from "#components/changes/change-page";
import { CodeForm } from "#components/changes/code-form";
import { ConfirmChange } from "#components/changes/confirm-change";
import { DrawingUp } from "#components/changes/drawing-up";
import { lookAhead, WhyNot } from "#components/changes/preview-or-why";
import { Card } from "#components/ui/card";
import { seenOf } from "#lib/billing/seen-preview";
import { Refusal } from "#lib/errors";
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
  const action = actionOf(ctx);
  return (
    <ChangePage ctx={ctx} title={t("title")} sentence={t("sentence")}>
      <div className="grid max-w-xl gap-5">
        {code ? (
          <Suspense key={code} fallback={<Looking action={action} code={code} />}>
            <Discount ctx={ctx} code={code} />
          </Suspense>
        ) : (
          <>
            <CodeForm action={action} code={code} />
            <p className="text-muted">{t("none")}</p>
          </>
        )}
      </div>
    </ChangePage>
  );
}

function Looking({ action, code }: { action: string; code: string }) {
  return (
    <>
      <CodeForm action={action} code={code} />
      <DrawingUp />
    </>
  );
}

async function Discount({ ctx, code }: { ctx: TenantContext; code: string }) {
  const t = await getTranslations("changes.discount");
  const input = { kind: "discount", code } as const;
  const seen = await lookAhead(ctx, input);
  if (seen instanceof Refusal) {
    const isOfCode = seen.field === "code";
    return (
      <>
        <CodeForm
          action={actionOf(ctx)}
          code={code}
          problem={isOfCode ? seen.message : undefined}
        />
        {!isOfCode && <WhyNot refusal={seen} />}
      </>
    );
  }
  const found = seen.choice.kind === "discount" ? seen.choice : null;
  return (
    <>
      <CodeForm action={actionOf(ctx)} code={code} />
      <Card title={found?.words ?? code}>
        <div className="grid gap-5">
          <ChangeEffect preview={seen} />
          <ConfirmChange
            slug={ctx.tenantSlug}
            body={{ ...input, ...seenOf(seen) }}
            label={t("confirm", { code: found?.code ?? code })}
          />
        </div>
      </Card>
    </>
  );
}

function actionOf({ tenantSlug }: TenantContext): string {
  return `/${tenantSlug}/billing/discount`;
}
