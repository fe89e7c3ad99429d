import { announce } from "#sandbox/billing/announce-subscription";
import { billingSettings } from "#sandbox/billing/billing-settings";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { closeSchedule } from "#sandbox/billing/close-schedule";
import { applyPendingUpdate, dropPendingUpdate } from "#sandbox/billing/pending-update";
import { openPeriods } from "#sandbox/billing/resume-subscription";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Days after each failed renewal until the next try. After the last the subscription ends. */
export const retryDays = [3, 5, 7];

const awaitingPayment = ["incomplete", "past_due", "unpaid", "paused"];

/** A paid invoice brings its subscription to life, or back to it. An unpaid one comes back with
 *  its latest invoice only, a paused one with the invoice that resumes it. */
export function reactToPaid(world: World, invoice: ObjectOf<"invoice">): void {
  const row = subscriptionOf(world, invoice);
  if (row === undefined) return;
  if (row.object.pending_update !== null) applyPendingUpdate(world, row, invoice.id);
  const { status, latest_invoice: latest } = row.object;
  if (!awaitingPayment.includes(status)) return;
  if (["unpaid", "paused"].includes(status) && latest !== invoice.id) return;
  if (status === "paused" && invoice.amount_paid === 0 && invoice.billing_reason === "manual") {
    return;
  }
  world.unschedule("subscription.expire-incomplete", row.object.id);
  world.unschedule("subscription.expire-resume", row.object.id);
  row.hidden = { ...row.hidden, paymentFailures: 0 };
  if (status === "paused") openPeriods(world, row);
  changeSubscription(world, row, { status: "active" });
  if (status === "paused") announce(world, "customer.subscription.resumed", row.object);
}

/** What a voided invoice was to pay for is not going to be. */
export function reactToVoided(world: World, invoice: ObjectOf<"invoice">): void {
  const row = subscriptionOf(world, invoice);
  if (row !== undefined) dropPendingUpdate(world, row, invoice.id);
}

/** A debit on its way to a bank begins a subscription; should it come back, the subscription is
 *  past due. */
export function reactToProcessing(world: World, invoice: ObjectOf<"invoice">): void {
  const row = subscriptionOf(world, invoice);
  if (row?.object.status !== "incomplete") return;
  world.unschedule("subscription.expire-incomplete", row.object.id);
  changeSubscription(world, row, { status: "active" });
}

/** A failed renewal makes its subscription past due and sets the next try; what the last failure
 *  does is a setting, and by default it cancels. */
export function reactToFailed(world: World, invoice: Row<"invoice">): void {
  const row = subscriptionOf(world, invoice.object);
  const isFirst =
    invoice.object.billing_reason === "subscription_create" && row?.object.status !== "active";
  if (isFirst || row?.object.pending_update || row?.object.status === "paused") return;
  if (row === undefined && !invoice.object.auto_advance) return;
  const days = retryDays[invoice.object.attempt_count - 1];
  if (days === undefined) {
    giveUp(world, row, invoice);
    return;
  }

  const next = world.now() + days * 86_400;
  invoice.object = { ...invoice.object, next_payment_attempt: next };
  world.save(invoice);
  world.schedule("invoice.retry", invoice.object.id, next);
  if (row?.object.status === "active") changeSubscription(world, row, { status: "past_due" });
}

/** The subscription an invoice is for. */
export function subscriptionOf(
  world: World,
  invoice: ObjectOf<"invoice">,
): Row<"subscription"> | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id === undefined ? undefined : world.find("subscription", id);
}

function giveUp(world: World, row: Row<"subscription"> | undefined, invoice: Row<"invoice">): void {
  invoice.object = { ...invoice.object, next_payment_attempt: null, auto_advance: false };
  world.save(invoice);
  if (row === undefined || row.object.status === "canceled") return;
  const { after_retries: then } = billingSettings(world);
  if (then === "unpaid") changeSubscription(world, row, { status: "unpaid" });
  if (then === "cancel") cancelForFailure(world, row);
}

function cancelForFailure(world: World, row: Row<"subscription">): void {
  world.unschedule("subscription.advance", row.object.id);
  row.object = {
    ...row.object,
    canceled_at: world.now(),
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: "payment_failed",
    },
    ended_at: world.now(),
    status: "canceled",
  };
  world.save(row);
  world.unschedule("invoice.upcoming", row.object.id);
  announce(world, "customer.subscription.deleted", row.object);
  closeSchedule(world, row.object.schedule, "aborted");
}
