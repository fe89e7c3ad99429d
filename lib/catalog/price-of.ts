import type { Interval, PlanComponent, PriceOffer, Tier } from "#lib/catalog/plan";
import { parseDecimal, plus, roundToWhole, times } from "#lib/catalog/rational";
import { invariant, Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { add, type Money, money } from "#lib/money/money";

export type Choice = {
  interval: Interval;
  currency: Currency;
  seats: number;
  /** Units used in the period by component key. What is not named was not used. */
  usage?: Readonly<Record<string, bigint>>;
};

export type PricedLine = { key: string; name: string; quantity: bigint; amount: Money };
export type Priced = { total: Money; lines: PricedLine[] };

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
  return plan.components.every((component) => findOffer(component, choice) !== undefined);
}

function priceComponent(component: PlanComponent, choice: Choice): PricedLine {
  const offer = findOffer(component, choice);
  if (!offer) {
    const wanted = `${choice.currency.toUpperCase()} per ${choice.interval}`;
    throw new Refusal("invalid", `${component.name} has no price in ${wanted}.`);
  }
  const quantity = quantityOf(component, choice);
  const { key, name } = component;
  return { key, name, quantity, amount: money(amountOf(offer, quantity), choice.currency) };
}

function findOffer(
  component: PlanComponent,
  choice: { interval: Interval; currency: string },
): PriceOffer | undefined {
  return component.prices.find(
    ({ interval, currency }) => interval === choice.interval && currency === choice.currency,
  );
}

function quantityOf({ kind, key }: PlanComponent, { seats, usage }: Choice): bigint {
  const quantity = { flat: 1n, seat: BigInt(seats), usage: usage?.[key] ?? 0n }[kind];
  invariant(quantity >= 0n, `a quantity of ${key} cannot be negative`);
  return quantity;
}

function amountOf({ unitMinor, tiers }: PriceOffer, quantity: bigint): bigint {
  if (tiers) return graduated(tiers, quantity);
  invariant(unitMinor !== null, "a price has a unit amount or tiers");
  return roundToWhole(times(parseDecimal(unitMinor), quantity));
}

/** Each tier prices only the units that fall inside it, and is a line of its own: rounded alone. */
function graduated(tiers: readonly Tier[], quantity: bigint): bigint {
  let below = 0n;
  let total = 0n;
  for (const { upTo, unitMinor, flatMinor } of tiers) {
    // The first tier counts even for nothing used: its flat part is always charged.
    if (below > 0n && quantity <= below) break;
    const end = upTo === null ? quantity : BigInt(upTo);
    const units = (quantity < end ? quantity : end) - below;
    total += roundToWhole(plus(times(parseDecimal(unitMinor), units), parseDecimal(flatMinor)));
    below = end;
  }
  return total;
}
