import { periodLines } from "#sandbox/billing/item-period";
import { intervalOf } from "#sandbox/billing/items";
import { isMetered, type Line, meteredLines } from "#sandbox/billing/lines";
import { type Interval, nextBoundary, periodStart } from "#sandbox/money/calendar";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Subscription = ObjectOf<"subscription">;

/** When the period that runs now began: now, or earlier if the subscription did. */
export function currentStart(
  world: World,
  { billing_cycle_anchor: anchor, start_date: begun }: Subscription,
  every: Interval,
): number {
  if (begun >= world.now()) return world.now();
  return Math.max(begun, periodStart(anchor, every, nextBoundary(anchor, every, world.now())));
}

/** What the periods cost that ended before a backdated subscription was made: a line for each.
 *  https://docs.stripe.com/billing/subscriptions/backdating */
export function elapsedLines(
  world: World,
  subscription: Subscription,
  item: ObjectOf<"subscription_item">,
): Line[] {
  const { billing_cycle_anchor: anchor, start_date: begun } = subscription;
  const lines: Line[][] = [];
  let end = item.current_period_start;
  while (end > begun) {
    const start = Math.max(begun, periodStart(anchor, intervalOf(item.price), end));
    const past = { ...item, current_period_start: start, current_period_end: end };
    lines.unshift(
      isMetered(item)
        ? meteredLines(world, item, { start, end }, subscription.customer)
        : periodLines(world, subscription, past),
    );
    end = start;
  }
  return lines.flat();
}
