import { type BillReason, billNow, keepAll } from "#sandbox/billing/bill-changes";
import { countedPeriod } from "#sandbox/billing/counted-usage";
import { periodLines } from "#sandbox/billing/item-period";
import { intervalOf, itemsOf, noteDebit } from "#sandbox/billing/items";
import { isMetered, type Line, meteredLines } from "#sandbox/billing/lines";
import { periodEnd } from "#sandbox/money/calendar";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Whether a change moved an item to another interval, which starts the whole cycle anew. */
export function changesCycle(
  before: readonly Row<"subscription_item">[],
  after: readonly Row<"subscription_item">[],
): boolean {
  return after.some(({ object }) => {
    const old = before.find((row) => row.object.id === object.id)?.object;
    if (old === undefined) return false;
    const [was, is] = [intervalOf(old.price), intervalOf(object.price)];
    return was.interval !== is.interval || was.interval_count !== is.interval_count;
  });
}

/** Starts every item's period now: credits what was left, bills usage so far and the new period. */
export function restartCycle(
  world: World,
  row: Row<"subscription">,
  credits: Line[],
  reason: BillReason = "subscription_update",
): string | undefined {
  row.object = { ...row.object, billing_cycle_anchor: world.now() };
  world.save(row);
  keepAll(world, row.object, credits);
  const lines = itemsOf(world, row.object.id).flatMap((item) =>
    restartItem(world, row.object, item),
  );
  return billNow(world, row.object, lines, reason);
}

function restartItem(
  world: World,
  subscription: ObjectOf<"subscription">,
  item: Row<"subscription_item">,
): Line[] {
  const ended = countedPeriod(item, world.now());
  const end = periodEnd(world.now(), intervalOf(item.object.price), 1);
  item.object = { ...item.object, current_period_start: world.now(), current_period_end: end };
  noteDebit(world, item);
  if (!isMetered(item.object)) return periodLines(world, subscription, item.object);
  // A price that came with the new cycle has counted nothing yet.
  if (ended.start >= ended.end) return [];
  return meteredLines(world, item.object, ended, subscription.customer);
}
