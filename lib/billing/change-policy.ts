import type { PlanTerms, Timing, TimingReason } from "#lib/billing/change";
import type { Interval, PublicPlan } from "#lib/catalog/plan";
import { isOffered, priceOf } from "#lib/catalog/price-of";
import type { Currency } from "#lib/money/currency";

type Side = {
  plans: readonly PublicPlan[];
  terms: Pick<PlanTerms, "interval" | "seats" | "addOns">;
};
type Change = {
  from: Side;
  to: Side;
  currency: Currency;
  isTrial: boolean;
  dropsUsage: boolean;
  isPutOff: boolean;
};

/** When each kind of change is made, and so who pays what when. The first that holds decides. */
const rules = [
  ["asked", "period_end", ({ isPutOff }) => isPutOff],
  // Nothing was paid yet, so nothing has to be counted.
  ["trial", "now", ({ isTrial }) => isTrial],
  // Usage is billed at the end of its period, by the price it was used under.
  ["drops_usage", "period_end", ({ dropsUsage }) => dropsUsage],
  // A year that was paid is used up before months begin.
  ["shorter_interval", "period_end", ({ from, to }) => isYearly(from) && !isYearly(to)],
  ["downgrade", "period_end", (change) => worth(change, "to") < worth(change, "from")],
  ["longer_interval", "now", ({ from, to }) => !isYearly(from) && isYearly(to)],
  ["upgrade", "now", () => true],
] as const satisfies (readonly [TimingReason, Timing, (change: Change) => boolean])[];

/** Whether a change is made at once or when the period ends, and by which rule. */
export function timingOf(change: Change): { timing: Timing; why: TimingReason } {
  const [why, timing] = rules.find(([, , holds]) => holds(change))!;
  return { timing, why };
}

function isYearly({ terms }: Side): boolean {
  return terms.interval === "year";
}

/**
 * What a side is worth in a year, usage apart. Where both can be paid monthly that is what counts,
 * or the discount of a year would make an upgrade look like a step down.
 */
function worth({ from, to, currency }: Change, side: "from" | "to"): bigint {
  const areMonthly = [...from.plans, ...to.plans].every((plan) =>
    isOffered(plan, { interval: "month", currency }),
  );
  const { plans, terms } = side === "from" ? from : to;
  const interval: Interval = areMonthly ? "month" : terms.interval;
  const total = plans.reduce((sum, plan) => {
    const times = terms.addOns.find(({ key }) => key === plan.key)?.quantity ?? 1;
    return sum + priceOf(plan, { interval, currency, seats: terms.seats ?? 1, times }).total.minor;
  }, 0n);
  return interval === "month" ? total * 12n : total;
}
