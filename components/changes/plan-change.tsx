import { getLocale, getTranslations } from "next-intl/server";
import { ChangeEffect, ChangeTerms } from "#components/changes/change-effect";
import type { ChangeWish } from "#components/changes/change-picker";
import { ConfirmChange } from "#components/changes/confirm-change";
import { PreviewOrWhy } from "#components/changes/preview-or-why";
import { formatAmount } from "#components/ui/amount";
import type { ChangePreview } from "#lib/billing/change-preview";
import { seenOf } from "#lib/billing/seen-preview";
import type { TenantContext } from "#lib/tenancy/context";

type Props = { ctx: TenantContext; wish: ChangeWish };

/** What a chosen plan comes to, and the one button that makes it. */
export async function PlanChange({ ctx, wish }: Props) {
  const t = await getTranslations("changes.plan");
  const locale = await getLocale();
  const input = { kind: "plan", ...wish } as const;
  const label = ({ choice, effectiveAt, dueNowMinor, currency }: ChangePreview) => {
    const plan = choice.kind === "plan" ? choice.to.planName : "";
    if (effectiveAt) return t("confirmLater", { plan });
    if (dueNowMinor <= 0n) return t("confirmNow", { plan });
    const amount = formatAmount({ minor: dueNowMinor, currency }, locale);
    return t("confirmPay", { plan, amount });
  };
  return (
    <PreviewOrWhy ctx={ctx} input={input}>
      {(preview) => (
        <div className="grid gap-5">
          <ChangeTerms preview={preview} />
          <ChangeEffect preview={preview} />
          <ConfirmChange
            slug={ctx.tenantSlug}
            body={{ ...input, ...seenOf(preview) }}
            label={label(preview)}
          />
        </div>
      )}
    </PreviewOrWhy>
  );
}
