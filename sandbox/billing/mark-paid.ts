import { defaultPayment } from "#sandbox/billing/default-payment";
import { reactToPaid } from "#sandbox/billing/react";
import { cancelIntent } from "#sandbox/payments/intent";
import { changesOf } from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** An invoice is settled, by a payment or because nothing was due. A debit was counted as a try
 *  when it left for its bank. */
export function markPaid(
  world: World,
  row: Row<"invoice">,
  intent: string | undefined,
  paid = intent === undefined ? 0 : row.object.amount_remaining,
  wasCounted = false,
): void {
  const before = row.object;
  row.object = {
    ...before,
    amount_paid: before.amount_paid + paid,
    amount_remaining: 0,
    attempted: true,
    attempt_count: before.attempt_count + (intent === undefined || wasCounted ? 0 : 1),
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...before.status_transitions, paid_at: world.now() },
  };
  world.save(row);
  world.unschedule("invoice.retry", row.object.id);
  if (intent === undefined) closeDefault(world, row.object.id);
  else markPaymentPaid(world, row.object.id, intent);
  world.emit("invoice.updated", row.object, changesOf<"invoice">(before, row.object));
  world.emit("invoice.paid", row.object);
  world.emit("invoice.payment_succeeded", row.object);
  reactToPaid(world, row.object);
}

/** Somebody paid in another way, and the maker of the invoice says so. */
export function markPaidElsewhere(world: World, row: Row<"invoice">): void {
  markPaid(world, row, undefined, row.object.amount_remaining);
}

// Nothing is left for it to ask for.
function closeDefault(world: World, invoice: string): void {
  const payment = defaultPayment(world, invoice);
  if (payment?.object.status !== "open") return;
  const intent = world.find("payment_intent", payment.object.payment.payment_intent ?? "");
  if (intent !== undefined) cancelIntent(world, intent, null);
  payment.object = {
    ...payment.object,
    status: "canceled",
    status_transitions: { canceled_at: world.now(), paid_at: null },
  };
  world.save(payment);
}

function markPaymentPaid(world: World, invoice: string, intent: string): void {
  const payment = world
    .list("invoice_payment", { parent: invoice })
    .find(({ object }) => object.payment.payment_intent === intent);
  if (payment === undefined) return;
  payment.object = {
    ...payment.object,
    amount_paid: payment.object.amount_requested,
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: world.now() },
  };
  world.save(payment);
  world.emit("invoice_payment.paid", payment.object);
}
