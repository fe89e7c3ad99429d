import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { periodLines } from "#sandbox/billing/item-period";
import { intervalOf, itemsOf, noteDebit, scheduleNext } from "#sandbox/billing/items";
import { isMetered } from "#sandbox/billing/lines";
import { nextBoundary, periodEnd } from "#sandbox/money/calendar";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** How a paused subscription goes on: with periods that begin now, or on its old days. */
export type ResumeAnchor = "now" | "unchanged";

/** Drafts what resuming costs: the periods that begin now. */
export function draftResumption(
  world: World,
  row: Row<"subscription">,
  anchor: ResumeAnchor,
  { from, prorates }: { from: number | undefined; prorates: boolean },
): Row<"invoice"> | undefined {
  if (anchor === "now") {
    row.object = { ...row.object, billing_cycle_anchor: world.now() };
    world.save(row);
  }
  const lines = itemsOf(world, row.object.id).flatMap(({ object }) => {
    if (isMetered(object)) return [];
    const { start, end } = periodFrom(world, row.object, object);
    const opened = { ...object, current_period_start: from ?? start, current_period_end: end };
    return periodLines(world, row.object, opened, { stub: prorates, end: prorates });
  });
  const customer = world.find("customer", row.object.customer);
  if (lines.length === 0 || customer === undefined) return undefined;
  const invoice = draftInvoice(world, {
    subscription: row.object,
    customer: customer.object,
    reason: "subscription_update",
    lines,
    period: { start: world.now(), end: world.now() },
    takesPending: true,
  });
  row.object = { ...row.object, latest_invoice: invoice.object.id };
  world.save(row);
  return invoice;
}

/** Begins the periods of a subscription that goes on. */
export function openPeriods(world: World, row: Row<"subscription">): void {
  for (const item of itemsOf(world, row.object.id)) {
    const { start, end } = periodFrom(world, row.object, item.object);
    item.object = { ...item.object, current_period_start: start, current_period_end: end };
    noteDebit(world, item);
  }
  scheduleNext(world, row.object);
}

function periodFrom(
  world: World,
  subscription: ObjectOf<"subscription">,
  item: ObjectOf<"subscription_item">,
) {
  const { billing_cycle_anchor: anchor } = subscription;
  const every = intervalOf(item.price);
  const end =
    anchor === world.now() ? periodEnd(anchor, every, 1) : nextBoundary(anchor, every, world.now());
  return { start: world.now(), end };
}
