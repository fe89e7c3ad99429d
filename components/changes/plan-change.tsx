import { getLocale, getTranslations } from "next-intl/server";
import { addOnsToSearch } from "#components/billing/add-on-search";
import { ChangeEffect, ChangeTerms } from "#components/changes/change-effect";
import type { ChangeWish } from "#components/changes/change-picker";
import { CodeForm } from "#components/changes/code-form";
import { ConfirmChange } from "#components/changes/confirm-change";
import { lookAhead, WhyNot } from "#components/changes/preview-or-why";
import { formatAmount } from "#components/ui/amount";
import type { ChangePreview } from "#lib/billing/change-preview";
import { seenOf } from "#lib/billing/seen-preview";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

type Props = { ctx: TenantContext; wish: ChangeWish };

/** What a chosen plan comes to with the code typed for it, and the one button that makes it. */
export async function PlanChange({ ctx, wish }: Props) {
  const { code, ...plain } = wish;
  const { input, seen, problem } = await lookWithCode(ctx, wish);
  const kept = { ...plain, seats: String(plain.seats), addOns: addOnsToSearch(plain.addOns) };
  const form = (
    <CodeForm action={`/${ctx.tenantSlug}/billing/plan`} {...{ code, problem, kept }} isOptional />
  );
  if (seen instanceof Refusal) {
    return (
      <div className="grid gap-5">
        <WhyNot refusal={seen} />
        {code !== undefined && form}
      </div>
    );
  }
  return (
    <div className="grid gap-5">
      <ChangeTerms preview={seen} />
      <ChangeEffect preview={seen} />
      {form}
      <ConfirmChange
        slug={ctx.tenantSlug}
        body={{ ...input, ...seenOf(seen) }}
        label={await labelOf(seen)}
      />
    </div>
  );
}

/** A code that does nothing is said at its field, and the change is shown without it. */
async function lookWithCode(ctx: TenantContext, { code, ...wish }: ChangeWish) {
  const plain = { kind: "plan", ...wish } as const;
  const input = code === undefined ? plain : { ...plain, code };
  const seen = await lookAhead(ctx, input);
  const isCodeAtFault = code !== undefined && seen instanceof Refusal && seen.field === "code";
  if (!isCodeAtFault) return { input, seen, problem: undefined };
  return { input: plain, seen: await lookAhead(ctx, plain), problem: seen.message };
}

async function labelOf({ choice, effectiveAt, dueNowMinor, currency }: ChangePreview) {
  const t = await getTranslations("changes.plan");
  const plan = choice.kind === "plan" ? choice.to.planName : "";
  if (effectiveAt) return t("confirmLater", { plan });
  if (dueNowMinor <= 0n) return t("confirmNow", { plan });
  const amount = formatAmount({ minor: dueNowMinor, currency }, await getLocale());
  return t("confirmPay", { plan, amount });
}
