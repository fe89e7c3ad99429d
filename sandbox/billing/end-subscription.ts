import { announce } from "#sandbox/billing/announce-subscription";
import { closeSchedule } from "#sandbox/billing/close-schedule";
import { voidInvoice } from "#sandbox/billing/collect-invoice";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import type { Line } from "#sandbox/billing/lines";
import { pendingItems } from "#sandbox/billing/pending-items";
import { finalizeLater } from "#sandbox/billing/start-subscription";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Details = NonNullable<ObjectOf<"subscription">["cancellation_details"]>;

/** Ends a subscription for good, billing what it still owes; what waits for its next invoice goes
 *  with that, and by itself where the end was planned. */
export function endSubscription(
  world: World,
  row: Row<"subscription">,
  reason: Details["reason"],
  owed: Line[],
  details: Partial<Details> = {},
  isPlanned = false,
): void {
  world.unschedule("subscription.advance", row.object.id);
  world.unschedule("subscription.expire-incomplete", row.object.id);
  world.unschedule("invoice.upcoming", row.object.id);
  stopCollecting(world, row.object.id);
  const customer = world.find("customer", row.object.customer);
  const waits = isPlanned && pendingItems(world, row.object).length > 0;
  if ((owed.length > 0 || waits) && customer !== undefined) {
    const invoice = draftInvoice(world, {
      subscription: row.object,
      customer: customer.object,
      reason: "subscription_cycle",
      lines: owed,
      period: { start: owed[0]?.period.start ?? world.now(), end: world.now() },
      takesPending: true,
    });
    finalizeLater(world, invoice);
    row.object = { ...row.object, latest_invoice: invoice.object.id };
  }
  const kept = row.object.cancellation_details;
  const blank = { comment: null, feedback: null, feedback_option: null };
  row.object = {
    ...row.object,
    canceled_at: row.object.canceled_at ?? world.now(),
    cancellation_details: { ...blank, ...kept, reason, ...details },
    ended_at: world.now(),
    status: "canceled",
  };
  world.save(row);
  announce(world, "customer.subscription.deleted", row.object);
  closeSchedule(world, row.object.schedule, "canceled");
}

/** A first payment that never came: the subscription is over and its invoice void. */
export function expireIncomplete(world: World, id: string): void {
  const row = world.find("subscription", id);
  if (row === undefined || row.object.status !== "incomplete") return;
  world.unschedule("subscription.advance", id);
  const invoice = world.find("invoice", row.object.latest_invoice ?? "");
  if (invoice?.object.status === "open") voidInvoice(world, invoice);
  row.object = { ...row.object, ended_at: world.now(), status: "incomplete_expired" };
  world.save(row);
  announce(world, "customer.subscription.updated", row.object, { status: "incomplete" });
}

// An ended subscription's unpaid invoices are not charged by themselves any more.
function stopCollecting(world: World, subscription: string): void {
  const statuses = ["draft", "open"];
  for (const invoice of world.list("invoice", { parent: subscription, statuses })) {
    if (invoice.object.collection_method !== "charge_automatically") continue;
    world.unschedule("invoice.finalize", invoice.object.id);
    world.unschedule("invoice.retry", invoice.object.id);
    invoice.object = {
      ...invoice.object,
      auto_advance: false,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
    };
    world.save(invoice);
    world.emit("invoice.updated", invoice.object, { auto_advance: true });
  }
}
