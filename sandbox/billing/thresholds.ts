import { dueUsage } from "#sandbox/billing/advance-subscription";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { countedPeriod } from "#sandbox/billing/counted-usage";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { itemsOf, scheduleNext } from "#sandbox/billing/items";
import { isMetered } from "#sandbox/billing/lines";
import { unusedTime } from "#sandbox/billing/prorate-item";
import { restartCycle } from "#sandbox/billing/restart-cycle";
import { finalizeLater } from "#sandbox/billing/start-subscription";
import { usageOf } from "#sandbox/billing/usage";
import { compare, rational } from "#sandbox/money/rational";
import { get } from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Bills a customer's usage whose threshold it has reached, before its period ends.
 *  https://docs.stripe.com/billing/subscriptions/usage-based/thresholds */
export function checkThresholds(world: World, customer: string): void {
  for (const row of world.list("subscription", { customer, statuses: ["active"] })) {
    if (isReached(world, row)) billThreshold(world, row);
  }
}

function isReached(world: World, { object }: Row<"subscription">): boolean {
  const atAmount = object.billing_thresholds?.amount_gte ?? null;
  const rows = itemsOf(world, object.id);
  const byUsage = rows.some((row) => {
    const item = row.object;
    const least = item.billing_thresholds?.usage_gte ?? null;
    const meter = world.find("billing.meter", item.price.recurring?.meter ?? "");
    if (least === null || meter === undefined) return false;
    const period = countedPeriod(row, world.now());
    const used = usageOf(world, meter.object, object.customer, period);
    return compare(used, rational(least)) >= 0n;
  });
  if (byUsage || atAmount === null) return byUsage;
  const due = dueUsage(world, object).reduce((sum, { amount }) => sum + amount, 0);
  return due >= atAmount;
}

// The usage so far is billed and counts anew; the whole cycle does where that is wanted.
function billThreshold(world: World, row: Row<"subscription">): void {
  const customer = world.find("customer", row.object.customer);
  if (customer === undefined) return;
  if (row.object.billing_thresholds?.reset_billing_cycle_anchor) {
    const invoice = restartCycle(
      world,
      row,
      unusedTime(world, row.object),
      "subscription_threshold",
    );
    Object.assign(row, get(world, "subscription", row.object.id));
    changeSubscription(world, row, invoice === undefined ? {} : { latest_invoice: invoice });
    scheduleNext(world, row.object);
    return;
  }
  const lines = dueUsage(world, row.object);
  for (const item of itemsOf(world, row.object.id)) {
    if (!isMetered(item.object)) continue;
    item.object = { ...item.object, current_period_start: world.now() };
    world.save(item);
  }
  const invoice = draftInvoice(world, {
    subscription: row.object,
    customer: customer.object,
    reason: "subscription_threshold",
    lines,
    period: { start: lines[0]?.period.start ?? world.now(), end: world.now() },
    takesPending: true,
  });
  finalizeLater(world, invoice);
  changeSubscription(world, row, { latest_invoice: invoice.object.id });
}
