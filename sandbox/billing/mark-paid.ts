import { reactToPaid } from "#sandbox/billing/react";
import { changesOf } from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** An invoice is settled, by a payment or because nothing was due. */
export function markPaid(world: World, row: Row<"invoice">, intent: string | undefined): void {
  const before = row.object;
  row.object = {
    ...before,
    amount_paid: intent === undefined ? 0 : before.amount_due,
    amount_remaining: 0,
    attempted: true,
    attempt_count: before.attempt_count + (intent === undefined ? 0 : 1),
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...before.status_transitions, paid_at: world.now() },
  };
  world.save(row);
  world.unschedule("invoice.retry", row.object.id);
  if (intent !== undefined) markPaymentPaid(world, row.object.id, intent);
  world.emit("invoice.updated", row.object, changesOf<"invoice">(before, row.object));
  world.emit("invoice.paid", row.object);
  world.emit("invoice.payment_succeeded", row.object);
  reactToPaid(world, row.object);
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
