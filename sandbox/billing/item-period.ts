import { intervalOf } from "#sandbox/billing/items";
import { itemAmount, type Line, licensedLines, lineOf, productName } from "#sandbox/billing/lines";
import { periodStart } from "#sandbox/money/calendar";
import { shareBetween, shareOf } from "#sandbox/money/proration";
import { rational } from "#sandbox/money/rational";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Item = ObjectOf<"subscription_item">;
type Subscription = ObjectOf<"subscription">;

/** The whole period an item's price is for: its own, or the one that its stub is a part of. */
export function wholePeriod({ billing_cycle_anchor: anchor }: Subscription, item: Item) {
  const end = item.current_period_end;
  return { start: periodStart(anchor, intervalOf(item.price), end), end };
}

/** Bills an item in advance for its period. A period that is cut short, by the anchor it leads up
 *  to or by the day its subscription ends, costs its share. */
export function periodLines(
  world: World,
  subscription: Subscription,
  item: Item,
  prorates: { stub: boolean; end: boolean } = { stub: true, end: true },
): Line[] {
  const period = { start: item.current_period_start, end: item.current_period_end };
  const whole = wholePeriod(subscription, item);
  const until = prorates.end ? endOf(subscription, item) : period.end;
  if (period.start === whole.start && until === period.end) {
    return licensedLines(world, item, period);
  }
  const isFree = period.start !== whole.start && !prorates.stub;
  const gross = itemAmount(world, item.price.id, item.quantity ?? 1, subscription.currency);
  const name = productName(world, item.price);
  const counted = item.quantity === undefined ? name : `${item.quantity} × ${name}`;
  const line = lineOf(world, item, {
    amount: isFree ? 0 : Number(shareOf(gross, shareBetween(whole, period.start, until))),
    description: `Time on ${counted} from ${dayOf(period.start)} until ${dayOf(until)}`,
    period: { start: period.start, end: until },
    proration: true,
    quantity: rational(item.quantity ?? 1),
  });
  return [{ ...line, discountable: true, discounts: item.discounts }];
}

/** Until when a period is served: its end, or the day its subscription ends. */
export function endOf({ cancel_at: at }: Subscription, item: Item): number {
  const { current_period_start: start, current_period_end: end } = item;
  return at === null || at >= end ? end : Math.max(at, start);
}

/** A day as invoices say it. */
export function dayOf(instant: number): string {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Date(instant * 1000).toLocaleDateString("en-GB", options);
}
