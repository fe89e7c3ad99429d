import { endsWithoutMethod, hasMethod } from "#sandbox/billing/advance-subscription";
import { keepAll } from "#sandbox/billing/bill-changes";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { itemsOf, scheduleNext } from "#sandbox/billing/items";
import type { Line } from "#sandbox/billing/lines";
import { prorationDate, prorationLines } from "#sandbox/billing/prorate-item";
import { restartCycle } from "#sandbox/billing/restart-cycle";
import { checkTrial } from "#sandbox/billing/trial-limits";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import { noPaymentMethod } from "#sandbox/resources/subscription-create";
import type { Proration } from "#sandbox/resources/subscription-items";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const warnedDaysBefore = 3;

/** Moves the end of a trial: to now, which bills at once, or to another day, which begins one. */
export function changeTrial(
  world: World,
  row: Row<"subscription">,
  end: number | "now",
  how: Proration = {},
): void {
  if (end === "now" || end <= world.now()) {
    if (row.object.status === "trialing") endTrial(world, row);
    return;
  }
  checkTrial(world, { trial_end: end });
  const { status, id } = row.object;
  if (status !== "trialing" && status !== "active") {
    throw invalidRequest(
      "A trial cannot be given to this subscription now.",
      undefined,
      "trial_end",
    );
  }
  const items = itemsOf(world, id);
  if (status === "active") keepAll(world, row.object, creditsOf(world, row, how));
  for (const item of items) {
    const start = status === "active" ? world.now() : item.object.current_period_start;
    item.object = { ...item.object, current_period_start: start, current_period_end: end };
    item.hidden = { debitedMinor: "0" };
    world.save(item);
  }
  changeSubscription(world, row, {
    billing_cycle_anchor: end,
    status: "trialing",
    trial_end: end,
    trial_start: row.object.trial_start ?? world.now(),
  });
  scheduleNext(world, row.object);
  const warnAt = Math.max(world.now(), end - warnedDaysBefore * 86_400);
  world.schedule("subscription.trial-will-end", id, warnAt);
}

/** Starts every period now and bills it. */
export function restartNow(world: World, row: Row<"subscription">, how: Proration = {}): void {
  const invoice = restartCycle(world, row, creditsOf(world, row, how));
  Object.assign(row, get(world, "subscription", row.object.id));
  changeSubscription(world, row, invoice === undefined ? {} : { latest_invoice: invoice });
  scheduleNext(world, row.object);
}

// What is left of every item's period, as a change at that instant gives it back.
function creditsOf(world: World, row: Row<"subscription">, { behavior, date }: Proration): Line[] {
  const items = itemsOf(world, row.object.id);
  const at = prorationDate(items, world.now(), date);
  if (behavior === "none") return [];
  return items.flatMap((item) => prorationLines(world, item, null, at));
}

function endTrial(world: World, row: Row<"subscription">): void {
  if (!hasMethod(world, row.object)) {
    if (!endsWithoutMethod(world, row)) throw noPaymentMethod();
    world.unschedule("subscription.trial-will-end", row.object.id);
    return;
  }
  world.unschedule("subscription.trial-will-end", row.object.id);
  changeSubscription(world, row, { status: "active", trial_end: world.now() });
  const invoice = restartCycle(world, row, []);
  Object.assign(row, get(world, "subscription", row.object.id));
  changeSubscription(world, row, invoice === undefined ? {} : { latest_invoice: invoice });
  scheduleNext(world, row.object);
}
