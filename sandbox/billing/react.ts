import { changeSubscription } from "#sandbox/billing/change-subscription";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Days after each failed renewal until the next try. After the last the subscription ends. */
export const retryDays = [3, 5, 7];

const awaitingPayment = ["incomplete", "past_due", "unpaid"];

/** A paid invoice brings its subscription to life, or back to it. */
export function reactToPaid(world: World, invoice: ObjectOf<"invoice">): void {
  const row = subscriptionOf(world, invoice);
  if (row === undefined || !awaitingPayment.includes(row.object.status)) return;
  world.unschedule("subscription.expire-incomplete", row.object.id);
  row.hidden = { paymentFailures: 0 };
  changeSubscription(world, row, { status: "active" });
}

/** A failed renewal makes its subscription past due and sets the next try; the last failure
 *  cancels it, which is Stripe's default. */
export function reactToFailed(world: World, invoice: Row<"invoice">): void {
  const row = subscriptionOf(world, invoice.object);
  if (row === undefined || invoice.object.billing_reason === "subscription_create") return;
  const days = retryDays[invoice.object.attempt_count - 1];
  if (days === undefined) {
    cancelForFailure(world, row, invoice);
    return;
  }

  const next = world.now() + days * 86_400;
  invoice.object = { ...invoice.object, next_payment_attempt: next };
  world.save(invoice);
  world.schedule("invoice.retry", invoice.object.id, next);
  if (row.object.status === "active") changeSubscription(world, row, { status: "past_due" });
}

/** The subscription an invoice is for. */
export function subscriptionOf(
  world: World,
  invoice: ObjectOf<"invoice">,
): Row<"subscription"> | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id === undefined ? undefined : world.find("subscription", id);
}

function cancelForFailure(world: World, row: Row<"subscription">, invoice: Row<"invoice">): void {
  invoice.object = { ...invoice.object, next_payment_attempt: null, auto_advance: false };
  world.save(invoice);
  if (row.object.status === "canceled") return;
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
  world.emit("customer.subscription.deleted", row.object);
}
