import { billingSettings } from "#sandbox/billing/billing-settings";
import { discountedMinor } from "#sandbox/billing/discounted";
import { type DiscountSent, giveDiscounts } from "#sandbox/billing/discounts";
import { fullPrice, isMetered, itemAmount } from "#sandbox/billing/lines";
import { sharedCurrency, type WantedCurrency } from "#sandbox/billing/price-currency";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import { type Interval, nextBoundary, periodStart } from "#sandbox/money/calendar";
import { shareBetween, shareOf } from "#sandbox/money/proration";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** An item to be. */
export interface NewItem {
  price: string;
  quantity?: number;
  metadata?: Record<string, string>;
  discounts?: readonly DiscountSent[] | null;
  tax_rates?: readonly string[] | null;
  billing_thresholds?: { usage_gte: number } | null;
  /** Whether its price was made for it: nothing else is sold at such a price. */
  isInline?: boolean;
}

/** Adds an item, whose first period runs from now, or from when it is billed, to its first
 *  boundary. */
export function addItem(
  world: World,
  subscription: ObjectOf<"subscription">,
  { price: priceId, quantity, metadata, discounts, ...terms }: NewItem,
  trialEnd: number | null,
  from = world.now(),
): Row<"subscription_item"> {
  const price = fullPrice(world, priceId);
  const every = intervalOf(price);
  const end = trialEnd ?? nextBoundary(subscription.billing_cycle_anchor, every, world.now());
  const id = world.newId("si");
  const owner = { subscription_item: id, subscription: subscription.id };
  const use = { customer: subscription.customer, currency: subscription.currency };
  return world.insert(
    "subscription_item",
    {
      id,
      object: "subscription_item",
      billing_thresholds: terms.billing_thresholds ?? null,
      created: world.now(),
      current_period_end: end,
      current_period_start: from,
      current_trial: null,
      discounts: giveDiscounts(world, discounts ?? [], owner, use),
      metadata: metadata ?? {},
      plan: planOf(price),
      price,
      ...(price.recurring?.usage_type === "metered" ? {} : { quantity: quantity ?? 1 }),
      subscription: subscription.id,
      tax_rates: ratesNamed(world, terms.tax_rates ?? [], "items[0][tax_rates]"),
    },
    { debitedMinor: "0" },
  );
}

/** Notes that an item's period is now billed at what it costs, which a later change credits. A
 *  period that is only a part of a whole one cost its share. */
export function noteDebit(world: World, row: Row<"subscription_item">): void {
  const { price, quantity, current_period_start: start, current_period_end: end } = row.object;
  const {
    billing_cycle_anchor: anchor = end,
    cancel_at: ends = null,
    currency,
  } = world.find("subscription", row.object.subscription)?.object ?? {};
  const gross = isMetered(row.object) ? 0n : itemAmount(world, price.id, quantity ?? 1, currency);
  const minor = discountedMinor(world, row.object, gross);
  const whole = { start: periodStart(anchor, intervalOf(price), end), end };
  const debited = shareOf(minor, shareBetween(whole, start, end));
  const paidUntil = ends !== null && ends < end ? { paidUntil: Math.max(ends, start) } : {};
  row.hidden = { debitedMinor: String(debited), ...paidUntil };
  world.save(row);
}

/** A subscription's items, in the order they were added. */
export function itemsOf(world: World, subscription: string): Row<"subscription_item">[] {
  return world.list("subscription_item", { parent: subscription, order: "oldest" });
}

/** Wakes the subscription when its next period ends, or when it is to be canceled. */
export function scheduleNext(world: World, subscription: ObjectOf<"subscription">): void {
  const ends = itemsOf(world, subscription.id).map(({ object }) => object.current_period_end);
  const cancelAt = subscription.cancel_at === null ? [] : [subscription.cancel_at];
  const next = Math.min(...ends, ...cancelAt);
  if (!Number.isFinite(next)) return;
  world.schedule("subscription.advance", subscription.id, next);
  const { upcoming_days: days } = billingSettings(world);
  const warnAt = next - (days ?? 0) * 86_400;
  if (days === null || warnAt <= world.now()) return;
  world.schedule("invoice.upcoming", subscription.id, warnAt);
}

/** Wakes a subscription when what waits is next to be billed by itself, if it ever is. */
export function scheduleBilling(world: World, subscription: ObjectOf<"subscription">): void {
  const { id, next_pending_invoice_item_invoice: at } = subscription;
  if (at === null) world.unschedule("subscription.bill-pending", id);
  else world.schedule("subscription.bill-pending", id, at);
}

/** Checks the prices of new items: there, for sale, recurring, and in one currency. */
export function checkedPrices(
  world: World,
  items: readonly NewItem[],
  param: string,
  wanted: WantedCurrency = {},
): string {
  const prices = items.map(({ price: id, quantity, isInline = false }, place) => {
    const { object } = get(world, "price", id, `${param}[${place}][price]`);
    if (!object.active && !isInline) {
      const message = "The price specified is inactive. This field only accepts active prices.";
      throw invalidRequest(message, "price_inactive", `${param}[${place}][price]`);
    }
    if (object.recurring === null) {
      const message =
        "The price specified is set to `type=one_time` but this field only accepts prices with " +
        "`type=recurring`.";
      throw invalidRequest(message, undefined, `${param}[${place}][price]`);
    }
    if (object.recurring.usage_type === "metered" && quantity !== undefined) {
      const message = "Quantity should not be specified where usage_type is `metered`.";
      throw invalidRequest(message, undefined, `${param}[${place}][quantity]`);
    }
    return object;
  });
  return sharedCurrency(prices, wanted, (place) => `${param}[${place}][price]`);
}

/** How often a price bills. */
export function intervalOf(price: ObjectOf<"price">): Interval {
  const { interval = "month", interval_count = 1 } = price.recurring ?? {};
  return { interval, interval_count };
}

/** The old plan object that Stripe still shows beside an item's price. */
export function planOf(price: ObjectOf<"price">): ObjectOf<"subscription_item">["plan"] {
  const recurring = price.recurring;
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: recurring?.interval ?? "month",
    interval_count: recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: recurring?.trial_period_days ?? null,
    usage_type: recurring?.usage_type ?? "licensed",
  };
}
