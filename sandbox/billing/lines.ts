import { priceIn } from "#sandbox/billing/price-currency";
import { usageOf } from "#sandbox/billing/usage";
import { majorOf } from "#sandbox/money/currency";
import { formatDecimal, type Rational, rational, roundHalfOut } from "#sandbox/money/rational";
import { type Part, priceQuantity } from "#sandbox/money/tiers";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

export type Line = ObjectOf<"invoice">["lines"]["data"][number];
type Item = ObjectOf<"subscription_item">;
type Price = ObjectOf<"price">;
export interface Period {
  start: number;
  end: number;
}

/** What an item costs for a period it is billed for in advance. */
export function licensedLines(world: World, item: Item, period: Period, isTrial = false): Line[] {
  const price = priceOf(world, item);
  const quantity = rational(item.quantity ?? 1);
  if (isTrial) {
    const description = `Trial period for ${productName(world, price)}`;
    return [lineOf(world, item, { amount: 0, description, period, quantity })];
  }
  return linesFor(world, item, price, quantity, period);
}

/** What was used in a period that has ended, counted by the price's meter. */
export function meteredLines(world: World, item: Item, period: Period, customer: string): Line[] {
  const price = priceOf(world, item);
  const meter = world.find("billing.meter", price.recurring?.meter ?? "");
  if (meter === undefined) return [];
  const used = usageOf(world, meter.object, customer, period);
  return linesFor(world, item, price, used, period);
}

/** Whether an item is billed by usage, in arrears. */
export function isMetered(item: Item): boolean {
  return item.price.recurring?.usage_type === "metered";
}

/** A price with its tiers, which an item does not carry, and with what it asks in a currency. */
export function fullPrice(world: World, id: string, currency?: string): Price {
  const row = world.find("price", id);
  if (row === undefined) throw new Error(`Invariant: the price ${id} of an item exists`);
  return currency === undefined ? row.object : priceIn(row.object, currency);
}

// A subscription is in one currency, and its items ask what their prices ask in it.
function priceOf(world: World, item: Item): Price {
  const currency = world.find("subscription", item.subscription)?.object.currency;
  return fullPrice(world, item.price.id, currency);
}

/** What an item costs per period when nothing is known of its usage. */
export function itemAmount(
  world: World,
  priceId: string,
  quantity: number,
  currency?: string,
): bigint {
  const tariff = tariffOf(fullPrice(world, priceId, currency));
  const parts = priceQuantity(tariff, rational(quantity));
  return parts.reduce((total, part) => total + roundHalfOut(part.amount), 0n);
}

/** What a price asks for in advance: nothing, when it counts usage. */
export function amountInAdvance(
  world: World,
  priceId: string,
  quantity: number,
  currency?: string,
): bigint {
  const isUsage = fullPrice(world, priceId).recurring?.usage_type === "metered";
  return isUsage ? 0n : itemAmount(world, priceId, quantity, currency);
}

/** The name a price's product goes by. */
export function productName(world: World, price: Price): string {
  return world.find("product", price.product)?.object.name ?? price.product;
}

/** A price's amounts, as the pure money functions take them. */
export function tariffOf(price: Price) {
  return {
    tiers: price.tiers,
    tiers_mode: price.tiers_mode as string | null,
    transform_quantity: price.transform_quantity,
    unit_amount_decimal: price.unit_amount_decimal,
  };
}

function linesFor(
  world: World,
  item: Item,
  price: Price,
  quantity: Rational,
  period: Period,
): Line[] {
  const name = productName(world, price);
  return priceQuantity(tariffOf(price), quantity).map((part) =>
    lineOf(world, item, {
      amount: Number(roundHalfOut(part.amount)),
      description: lineText(name, price, part),
      period,
      quantity: part.quantity,
      unitAmount: part.unitAmount,
    }),
  );
}

function lineText(name: string, price: Price, part: Part): string {
  const every = price.recurring?.interval ?? "month";
  if (part.tier !== null && part.unitAmount === null)
    return `${name}: flat fee of tier ${part.tier}`;
  const tier = part.tier === null ? "" : `, tier ${part.tier}`;
  const each = money(part.unitAmount ?? "0", price.currency);
  return `${formatDecimal(part.quantity)} × ${name} (at ${each} / ${every}${tier})`;
}

/** An amount in minor units as people write it; finer prices keep all their digits. */
export function money(minor: string | number | bigint, currency: string): string {
  const symbol = { usd: "$", eur: "€", gbp: "£" }[currency] ?? `${currency.toUpperCase()} `;
  const [whole = "0", fraction] = majorOf(String(minor).replace("-", ""), currency).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = String(minor).startsWith("-") ? "-" : "";
  return `${sign}${symbol}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** One line of an invoice about a subscription item. */
export function lineOf(
  world: World,
  item: Item,
  facts: {
    amount: number;
    description: string;
    period: Period;
    quantity: Rational;
    unitAmount?: string | null;
    proration?: boolean;
  },
): Line {
  const price = priceOf(world, item);
  const isWhole = facts.quantity.over % facts.quantity.under === 0n;
  return {
    id: world.newId("il"),
    object: "line_item",
    amount: facts.amount,
    currency: price.currency,
    description: facts.description,
    discount_amounts: [],
    discountable: facts.proration !== true,
    discounts: facts.proration ? [] : item.discounts,
    invoice: null,
    livemode: false,
    metadata: item.metadata,
    parent: parentOf(item, facts.proration ?? false),
    period: facts.period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: "price_details",
      unit_amount_decimal: facts.unitAmount ?? price.unit_amount_decimal,
    },
    quantity: isWhole ? Number(facts.quantity.over / facts.quantity.under) : null,
    quantity_decimal: formatDecimal(facts.quantity),
    subscription: item.subscription,
    subtotal: facts.amount,
    taxes: [],
  };
}

function parentOf(item: Item, proration: boolean): Line["parent"] {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration,
      proration_details: proration ? { credited_items: null } : null,
      subscription: item.subscription,
      subscription_item: item.id,
    },
    type: "subscription_item_details",
  };
}
