import type { ComponentPrice, Interval, PlanComponent, PriceOffer, Tier } from "#lib/catalog/plan";
import {
  compareDecimals,
  countBegun,
  type Decimal,
  formatDecimal,
  minus,
  parseDecimal,
  plus,
  roundToWhole,
  smaller,
  times,
  wholeDecimal,
} from "#lib/catalog/rational";
import { invariant, Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { add, type Money, money } from "#lib/money/money";

export type Choice = {
  interval: Interval;
  currency: Currency;
  seats: number;
  /** Units used in the period by component key. What is not named was not used. */
  usage?: Readonly<Record<string, Quantity>>;
  /** How many of an add-on: its flat parts are billed as often. Left out, one. */
  times?: number;
};

/** How much of something: a whole, or a decimal as a string where a meter counts parts. */
export type Quantity = bigint | string;

export type PricedLine = {
  key: string;
  name: string;
  quantity: bigint;
  amount: Money;
  /** What the minimum added, or the cap took away, of `amount`; zero where neither was reached. */
  correction: Money;
};
export type Priced = { total: Money; lines: PricedLine[] };

/** One part of what a quantity comes to. At Stripe each is a line, rounded by itself. */
export type RatedPart = {
  /** Which tier it fell in, from 1, what is included being the first; null without tiers. */
  tier: number | null;
  /** Units, or packages. Null for a flat amount. */
  quantity: string | null;
  /** Minor units for one of them, or the flat amount; a decimal as a string. */
  eachMinor: string;
  minor: bigint;
};

/** The least and the most that a component costs over a period; null is no bound. */
export type Bounds = Pick<ComponentPrice, "minimumMinor" | "capMinor">;

/**
 * What one period costs, line by line and exact. It does not prorate, tax or discount, and it
 * refuses a currency or interval that the plan is not offered in.
 */
export function priceOf(plan: { components: readonly PlanComponent[] }, choice: Choice): Priced {
  const lines = plan.components.map((component) => priceComponent(component, choice));
  const total = lines.reduce((sum, line) => add(sum, line.amount), money(0n, choice.currency));
  return { total, lines };
}

/** True where every component has a price in this currency and interval. */
export function isOffered(
  plan: { components: readonly PlanComponent[] },
  choice: { interval: Interval; currency: string },
): boolean {
  return plan.components.every((component) => offerOf(component, choice) !== undefined);
}

/** What a component costs in a currency and interval; undefined where it is not offered so. */
export function offerOf(
  component: { prices: readonly ComponentPrice[] },
  choice: { interval: Interval; currency: string },
): ComponentPrice | undefined {
  return component.prices.find(
    ({ interval, currency }) => interval === choice.interval && currency === choice.currency,
  );
}

/** What a quantity comes to in minor units, before minimum and cap: the sum of its parts. */
export function amountOf(offer: PriceOffer, included: string, quantity: Quantity): bigint {
  return partsOf(offer, included, quantity).reduce((sum, { minor }) => sum + minor, 0n);
}

/** The parts a quantity comes to, each rounded by itself, as Stripe makes lines of them. */
export function partsOf(offer: PriceOffer, included: string, quantity: Quantity): RatedPart[] {
  const asked = toDecimal(quantity);
  invariant(asked.whole >= 0n, "a quantity cannot be negative");
  const tiers = tiersOf(offer, included);
  if (tiers) return offer.model === "volume" ? volume(tiers, asked) : graduated(tiers, asked);
  return [unitsPart(null, unitsOf(offer, asked), unitOf(offer))];
}

/**
 * The tiers a price has at Stripe: what is included is the first and costs nothing, and those of
 * the offer begin after it. Null where one price holds for every unit.
 */
export function tiersOf(offer: PriceOffer, included: string): Tier[] | null {
  const free = parseDecimal(included);
  const { model, tiers } = offer;
  const own = model === "graduated" || model === "volume" ? (tiers ?? []) : null;
  invariant(own === null || own.length > 0, "a tiered price has tiers");
  if (free.whole <= 0n) return own;
  invariant(model !== "volume" && model !== "package", `${model} pricing includes no units`);
  const beyond = own ?? [{ upTo: null, unitMinor: unitOf(offer), flatMinor: "0" }];
  return [
    { upTo: formatDecimal(free), unitMinor: "0", flatMinor: "0" },
    ...beyond.map((tier) => ({ ...tier, upTo: tier.upTo && shifted(tier.upTo, free) })),
  ];
}

/** What is to pay for one unit or package as a decimal of minor units; a percentage is a unit's. */
export function unitOf({ model, unitMinor, percent }: PriceOffer): string {
  if (model === "percentage") {
    invariant(percent !== null, "a percentage is priced by one");
    return formatDecimal(times(parseDecimal(percent), { whole: 1n, scale: 2 }));
  }
  invariant(unitMinor !== null, "a price has a unit amount or tiers");
  return unitMinor;
}

/** The amount within its minimum and its cap. */
export function bounded(minor: bigint, bounds: Bounds): bigint {
  return minor + correctionOf(minor, bounds);
}

/**
 * What brings a period's amount within its minimum and its cap: more, less or nothing. Stripe knows
 * neither bound, so this is an item of its own on the invoice.
 */
export function correctionOf(minor: bigint, { minimumMinor, capMinor }: Bounds): bigint {
  if (minimumMinor !== null && minor < BigInt(minimumMinor)) return BigInt(minimumMinor) - minor;
  if (capMinor !== null && minor > BigInt(capMinor)) return BigInt(capMinor) - minor;
  return 0n;
}

function priceComponent(component: PlanComponent, choice: Choice): PricedLine {
  const offer = offerOf(component, choice);
  if (!offer) {
    const wanted = `${choice.currency.toUpperCase()} per ${choice.interval}`;
    throw new Refusal("invalid", `${component.name} has no price in ${wanted}.`);
  }
  const { key, name, included } = component;
  const quantity = quantityOf(component, choice);
  const minor = amountOf(offer, included, quantity);
  return {
    ...{ key, name, quantity: roundToWhole(toDecimal(quantity)) },
    amount: money(bounded(minor, offer), choice.currency),
    correction: money(correctionOf(minor, offer), choice.currency),
  };
}

function quantityOf({ kind, key }: PlanComponent, { seats, usage, times: n }: Choice): Quantity {
  return { flat: BigInt(n ?? 1), seat: BigInt(seats), usage: usage?.[key] ?? 0n }[kind];
}

function toDecimal(quantity: Quantity): Decimal {
  return typeof quantity === "bigint" ? wholeDecimal(quantity) : parseDecimal(quantity);
}

/** Packages where they are sold by the package, a begun one being a whole one. */
function unitsOf({ model, packageSize }: PriceOffer, quantity: Decimal): Decimal {
  if (model !== "package") return quantity;
  invariant(packageSize !== null, "a package has a size");
  return wholeDecimal(countBegun(quantity, parseDecimal(packageSize)));
}

/** Each tier prices only the units that fall inside it. */
function graduated(tiers: readonly Tier[], quantity: Decimal): RatedPart[] {
  const parts: RatedPart[] = [];
  let below = wholeDecimal(0n);
  for (const [place, tier] of tiers.entries()) {
    // The first tier counts even for nothing used: its flat part is always charged.
    if (place > 0 && compareDecimals(quantity, below) <= 0) break;
    const end = tier.upTo === null ? quantity : smaller(quantity, parseDecimal(tier.upTo));
    parts.push(...tierParts(tier, place + 1, minus(end, below)));
    below = end;
  }
  return parts;
}

/** The whole quantity at the price of the tier it ends in. */
function volume(tiers: readonly Tier[], quantity: Decimal): RatedPart[] {
  const place = tiers.findIndex(
    ({ upTo }) => upTo === null || compareDecimals(quantity, parseDecimal(upTo)) <= 0,
  );
  const tier = tiers[place];
  invariant(tier, "the last tier has no end");
  return tierParts(tier, place + 1, quantity);
}

function tierParts({ unitMinor, flatMinor }: Tier, tier: number, units: Decimal): RatedPart[] {
  const used = unitsPart(tier, units, unitMinor);
  const flat = roundToWhole(parseDecimal(flatMinor));
  if (parseDecimal(flatMinor).whole === 0n) return [used];
  return [used, { tier, quantity: null, eachMinor: flatMinor, minor: flat }];
}

function unitsPart(tier: number | null, units: Decimal, eachMinor: string): RatedPart {
  const minor = roundToWhole(times(parseDecimal(eachMinor), units));
  return { tier, quantity: formatDecimal(units), eachMinor, minor };
}

function shifted(upTo: string, by: Decimal): string {
  return formatDecimal(plus(parseDecimal(upTo), by));
}
