import { unapplyBalance } from "#sandbox/billing/customer-balance";
import { intentOf } from "#sandbox/billing/default-payment";
import { markPaid } from "#sandbox/billing/mark-paid";
import { reactToFailed, reactToProcessing, subscriptionOf } from "#sandbox/billing/react";
import { cancelIntent, confirmIntent } from "#sandbox/payments/intent";
import type { Outcome } from "#sandbox/payments/intent-outcomes";
import type { Decline } from "#sandbox/payments/test-cards";
import type { Session } from "#sandbox/payments/three-d-secure";
import { changesOf } from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Tries to collect an open invoice with a payment method. */
export function collectInvoice(
  world: World,
  row: Row<"invoice">,
  method: Row<"payment_method">,
  session: Session,
): Outcome {
  const intent = intentOf(world, row.object.id);
  if (intent === undefined) throw new Error("Invariant: an open invoice has a payment intent");
  const { status, latest_charge: charge } = intent.object;
  if (status === "processing") return { kind: "processing", charge: charge ?? "" };
  const outcome = confirmIntent(world, intent, method, session);
  if (outcome.kind === "succeeded") markPaid(world, row, intent.object.id);
  else if (outcome.kind === "processing") noteProcessing(world, row);
  else noteFailure(world, row, outcome);
  return outcome;
}

// The bank's answer takes days, and its customer is trusted meanwhile. It is a try all the same.
function noteProcessing(world: World, row: Row<"invoice">): void {
  const attempts = row.object.attempt_count + 1;
  row.object = {
    ...row.object,
    attempted: true,
    attempt_count: attempts,
    next_payment_attempt: null,
  };
  world.save(row);
  world.emit("invoice.updated", row.object, { attempt_count: attempts - 1 });
  reactToProcessing(world, row.object);
}

/** Why an open invoice was not paid, in Stripe's words. */
export function lastDecline(world: World, row: Row<"invoice">): Decline {
  const error = intentOf(world, row.object.id)?.object.last_payment_error;
  return {
    code: error?.code ?? "subscription_payment_intent_requires_action",
    ...(error?.decline_code === undefined ? {} : { declineCode: error.decline_code }),
    message: error?.message ?? "Payment for this subscription requires additional user action.",
  };
}

/** The payment method an invoice is charged to unless another is named. */
export function methodFor(world: World, row: Row<"invoice">): Row<"payment_method"> | undefined {
  const subscription = subscriptionOf(world, row.object)?.object;
  const customer = world.find("customer", row.object.customer ?? "")?.object;
  const id =
    row.object.default_payment_method ??
    subscription?.default_payment_method ??
    customer?.invoice_settings.default_payment_method;
  const found = id ? world.find("payment_method", id) : undefined;
  return found?.isDeleted ? undefined : found;
}

/** Records a failed try, with its events, and lets the subscription react. What a bank sends back
 *  was counted when it left. */
export function noteFailure(
  world: World,
  row: Row<"invoice">,
  outcome: Outcome,
  wasCounted = false,
): void {
  const before = row.object;
  const attempts = before.attempt_count + (wasCounted ? 0 : 1);
  row.object = { ...before, attempted: true, attempt_count: attempts };
  world.save(row);
  reactToFailed(world, row);
  world.emit("invoice.updated", row.object, changesOf<"invoice">(before, row.object));
  if (needsItsPayer(outcome)) {
    world.emit("invoice.payment_action_required", row.object);
  }
  world.emit("invoice.payment_failed", row.object);
}

// A bank that asks for its customer while they are away asks for them all the same.
function needsItsPayer(outcome: Outcome): boolean {
  if (outcome.kind === "requires_action") return true;
  return outcome.kind === "declined" && outcome.decline.code === "authentication_required";
}

/** Says that nobody will pay an open invoice. It can still be paid. */
export function markUncollectible(world: World, row: Row<"invoice">): void {
  const transitions = { ...row.object.status_transitions, marked_uncollectible_at: world.now() };
  row.object = { ...row.object, status: "uncollectible", status_transitions: transitions };
  world.save(row);
  world.unschedule("invoice.retry", row.object.id);
  world.emit("invoice.marked_uncollectible", row.object);
}

/** Gives up an invoice that was never paid. */
export function voidInvoice(world: World, row: Row<"invoice">): void {
  const intent = intentOf(world, row.object.id);
  if (intent !== undefined) cancelIntent(world, intent, "void_invoice");
  for (const payment of world.list("invoice_payment", { parent: row.object.id })) {
    payment.object = {
      ...payment.object,
      status: "canceled",
      status_transitions: { canceled_at: world.now(), paid_at: null },
    };
    world.save(payment);
  }
  world.unschedule("invoice.retry", row.object.id);
  row.object = {
    ...row.object,
    auto_advance: false,
    next_payment_attempt: null,
    status: "void",
    status_transitions: { ...row.object.status_transitions, voided_at: world.now() },
  };
  world.save(row);
  unapplyBalance(world, row.object);
  world.emit("invoice.voided", row.object);
}
