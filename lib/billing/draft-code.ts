import type { PlanTerms, Timing } from "#lib/billing/change";
import { periodEndOf, type Standing } from "#lib/billing/change-standing";
import { type DiscountLeft, discountLeft, endAfter, runsAt } from "#lib/billing/discount";
import { findCode, readBuyer } from "#lib/billing/find-code";
import type { Interval, PublicPlan } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { boundary } from "#lib/rater/calendar";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { GivenDiscount } from "#lib/stripe/gateway-coupons";
import type { PromotionCode } from "#lib/stripe/gateway-discounts";
import type { DiscountToGive } from "#lib/stripe/gateway-subscriptions";
import type { TenantContext } from "#lib/tenancy/context";

/** What is chosen, and when it is made: `restarts` is a cycle that begins with the change. */
export type CodedChange = {
  typed: string | undefined;
  chosen: {
    plans: readonly PublicPlan[];
    terms: PlanTerms;
    productIds: readonly string[];
    currency: Currency;
    interval: Interval;
  };
  when: { at: Date; timing: Timing; restarts: boolean };
};

/** What is taken off by a change of plan. */
export type DraftedDiscounts = {
  code: { code: string; words: string } | null;
  /** What Stripe is asked to give; empty where what there is stays. */
  given: { discounts?: DiscountToGive[] };
  /** What still counts on the invoice after; nothing where that needs no word. */
  ofNext: DiscountToGive[] | undefined;
  discounts: DiscountLeft[];
  replaces: string[];
};

/**
 * The code that comes with a change of plan, and what is left of the discounts there are. A code
 * takes the place of them and counts from the change on, its months from that day. Stripe draws up
 * a recurring invoice with the discounts of now: those that are over by its day are left out here.
 */
export async function draftCode(
  ctx: TenantContext,
  standing: Standing,
  change: CodedChange,
  gateway: StripeGateway,
): Promise<DraftedDiscounts> {
  const { live } = standing;
  const running = live.hasDiscount ? await gateway.readDiscounts(live.id) : [];
  const code = await findTyped(ctx, standing, change, gateway);
  return code ? withCode(standing, change, running, code) : withoutCode(standing, change, running);
}

async function findTyped(
  ctx: TenantContext,
  { live }: Standing,
  { typed, chosen, when }: CodedChange,
  gateway: StripeGateway,
): Promise<PromotionCode | null> {
  if (typed === undefined) return null;
  const buyer = await view(ctx, (tx) => readBuyer(tx, ctx.tenantId));
  const isLater = when.timing === "period_end";
  const found = await findCode(gateway, typed, {
    ...{ ...buyer, currency: live.currency, now: ctx.now() },
    ...{ periodMinor: periodMinorOf(chosen), productIds: chosen.productIds },
    ...(isLater && { redeemAt: periodEndOf(live) }),
  });
  if (!isLater || found.duration !== "once") return found;
  // It would come off the invoice of that very day; from now on it does that already.
  const message =
    `The code ${found.code} is for one invoice. Plan the change without it, then use it under ` +
    "Promotion code: it comes off the next invoice, which is the first of the new plan.";
  throw new Refusal("invalid", message, { field: "code" });
}

function withCode(
  { live }: Standing,
  { chosen, when }: CodedChange,
  running: readonly GivenDiscount[],
  found: PromotionCode,
): DraftedDiscounts {
  const { code, words, duration, months } = found;
  const begins = when.timing === "period_end" ? periodEndOf(live) : when.at;
  const nextInvoiceAt = nextInvoiceOf(periodEndOf(live), chosen.interval, when);
  const given = { words, duration, endsAt: endAfter(begins, months) };
  const gives: DiscountToGive[] = [{ promotion_code: found.id }];
  const counts = duration !== "once" && runsAt(given, nextInvoiceAt);
  const cycle = { now: begins, nextInvoiceAt, interval: chosen.interval };
  return {
    code: { code, words },
    given: { discounts: gives },
    ofNext: counts || !when.restarts ? gives : [],
    discounts: [discountLeft(given, cycle)],
    replaces: running.map((one) => one.words),
  };
}

function withoutCode(
  { live }: Standing,
  { chosen, when }: CodedChange,
  running: readonly GivenDiscount[],
): DraftedDiscounts {
  const nextInvoiceAt = nextInvoiceOf(periodEndOf(live), chosen.interval, when);
  const lasting = running.filter((one) => runsAt(one, nextInvoiceAt));
  const isRecurring = when.restarts || when.timing === "period_end";
  const cycle = { now: when.at, nextInvoiceAt, interval: chosen.interval };
  return {
    ...{ code: null, given: {}, replaces: [] },
    ofNext:
      isRecurring && lasting.length < running.length
        ? lasting.map(({ discountId: discount }) => ({ discount }))
        : undefined,
    discounts: running.map((one) => discountLeft(one, cycle)),
  };
}

/** When the first invoice of a whole period comes after the one of the change. */
function nextInvoiceOf(periodEnd: Date, interval: Interval, when: CodedChange["when"]): Date {
  if (!when.restarts || when.timing === "period_end") return periodEnd;
  return new Date(boundary(Math.floor(when.at.getTime() / 1000), interval, 1) * 1000);
}

/** What a period of what is chosen costs, usage apart. */
function periodMinorOf({ plans, terms, currency, interval }: CodedChange["chosen"]): bigint {
  return plans.reduce((sum, plan) => {
    const times = terms.addOns.find(({ key }) => key === plan.key)?.quantity ?? 1;
    return sum + priceOf(plan, { interval, currency, seats: terms.seats ?? 1, times }).total.minor;
  }, 0n);
}
