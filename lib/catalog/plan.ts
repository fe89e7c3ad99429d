import type { Currency } from "#lib/money/currency";

/** What a plan gives. Without a limit it is there; with a meterKey what is left is counted. */
export type Feature = { key: string; name: string; limit?: number; meterKey?: string };

export const intervals = ["month", "year"] as const;
export type Interval = (typeof intervals)[number];
export const componentKinds = ["flat", "seat", "usage"] as const;
export type ComponentKind = (typeof componentKinds)[number];

/** A base plan is what a tenant is on; an add-on is bought beside one. */
export const planKinds = ["base", "add_on"] as const;
export type PlanKind = (typeof planKinds)[number];

export const pricingModels = ["per_unit", "graduated", "volume", "package", "percentage"] as const;
export type PricingModel = (typeof pricingModels)[number];

/** One step. `upTo` null is the last; decimals as strings. */
export type Tier = { upTo: string | null; unitMinor: string; flatMinor: string };

/** What a component costs in one currency and interval. What its model does not use is null. */
export type PriceOffer = {
  currency: Currency;
  interval: Interval;
  model: PricingModel;
  /** per_unit: minor units per unit; package: per package. A decimal as a string. */
  unitMinor: string | null;
  /** graduated, volume. */
  tiers: Tier[] | null;
  /** package: units in one package; a begun package is a whole one. */
  packageSize: string | null;
  /** percentage: of an amount counted in minor units, as a decimal; "2.9" is 2.9 %. */
  percent: string | null;
};

/** A price with its bounds: over all of a period, in minor units; null is none. */
export type ComponentPrice = PriceOffer & { minimumMinor: string | null; capMinor: string | null };

export type PlanComponent = {
  kind: ComponentKind;
  key: string;
  name: string;
  /** The word for one of it: seat, API call. */
  unit: string | null;
  /** Usage only: which meter counts it. */
  meterKey: string | null;
  /**
   * Units of a period that cost nothing. The model prices what is beyond: tiers, percentage and
   * unit price begin after them. Never with volume or package, which Stripe cannot express.
   */
  included: string;
  prices: ComponentPrice[];
};

/** A published plan as anyone may see it. */
export type PublicPlan = {
  key: string;
  kind: PlanKind;
  name: string;
  description: string;
  features: Feature[];
  trialDays: number;
  /** False where a trial begins without a way to pay. */
  trialNeedsCard: boolean;
  /** Add-ons: the keys of the plans it is sold beside; none is any. */
  besidePlans: string[];
  /** Add-ons: how many of it one subscription may have; 1 is bought once. */
  mostQuantity: number;
  versionId: string;
  components: PlanComponent[];
};

/** True where nothing is ever to pay, so that Stripe never hears of it. */
export function isFree(plan: { components: readonly unknown[] }): boolean {
  return plan.components.length === 0;
}

/** The most of an add-on one subscription may have: what counts use alone is bought once. */
export function mostOf({ mostQuantity, components }: PublicPlan): number {
  return components.some(({ kind }) => kind === "flat") ? mostQuantity : 1;
}

/** True where an add-on is sold beside a plan. */
export function isBeside(addOn: Pick<PublicPlan, "besidePlans">, planKey: string): boolean {
  return addOn.besidePlans.length === 0 || addOn.besidePlans.includes(planKey);
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
