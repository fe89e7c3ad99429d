import type { Currency } from "#lib/money/currency";

/** A line of what a plan gives. Without a limit it is simply there. */
export type Feature = { key: string; name: string; limit?: number };

export type Interval = "month" | "year";
export type ComponentKind = "flat" | "seat" | "usage";

/** One step of graduated pricing. `upTo` null is the last step; decimals as strings. */
export type Tier = { upTo: string | null; unitMinor: string; flatMinor: string };

/** What a component costs in one currency and interval: per unit, or by tiers. */
export type PriceOffer = {
  currency: Currency;
  interval: Interval;
  /** Minor units per unit as a decimal string; null where tiers say. */
  unitMinor: string | null;
  tiers: Tier[] | null;
};

export type PlanComponent = {
  kind: ComponentKind;
  key: string;
  name: string;
  /** The word for one of it: seat, API call. */
  unit: string | null;
  prices: PriceOffer[];
};

/** A published plan as anyone may see it. */
export type PublicPlan = {
  key: string;
  name: string;
  description: string;
  features: Feature[];
  trialDays: number;
  versionId: string;
  components: PlanComponent[];
};

/** True where nothing is ever to pay, so that Stripe never hears of it. */
export function isFree(plan: { components: readonly unknown[] }): boolean {
  return plan.components.length === 0;
}

/** The currencies any of the plans is offered in, US dollars first where they are among them. */
export function currenciesOf(plans: readonly PublicPlan[]): Currency[] {
  const offered = plans.flatMap(({ components }) =>
    components.flatMap(({ prices }) => prices.map(({ currency }) => currency)),
  );
  return [...new Set(offered)].sort(
    (left, right) => Number(right === "usd") - Number(left === "usd") || left.localeCompare(right),
  );
}

/** The plan of a tenant without a subscription. */
export const freePlanKey = "free";
