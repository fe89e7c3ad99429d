import { collectInvoice } from "#sandbox/billing/collect-invoice";
import { moveBalance } from "#sandbox/billing/customer-balance";
import { askForRest, invoiceOf } from "#sandbox/billing/default-payment";
import { markPaid } from "#sandbox/billing/mark-paid";
import { confirmIntent } from "#sandbox/payments/intent";
import type { Outcome } from "#sandbox/payments/intent-outcomes";
import type { Session } from "#sandbox/payments/three-d-secure";
import { changesOf } from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Confirms a payment and lets the invoice follow that it was made for or is attached to. */
export function payIntent(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
  session: Session,
): Outcome {
  const invoice = invoiceOf(world, intent.object.id);
  if (invoice !== undefined) return collectInvoice(world, invoice, method, session);
  const outcome = confirmIntent(world, intent, method, session);
  creditAttached(world, intent.object.id);
  return outcome;
}

/** A payment that is attached to an invoice has succeeded: it counts toward what is due. What it
 *  brought beyond that becomes its customer's credit. */
export function creditAttached(world: World, id: string): void {
  const intent = world.find("payment_intent", id);
  const [payment] = world.list("invoice_payment", { key: id, status: "open" });
  const row = world.find("invoice", payment?.object.invoice ?? "");
  if (!payment || payment.object.is_default || !row) return;
  if (intent?.object.status !== "succeeded") return;
  const received = intent.object.amount_received;
  payment.object = {
    ...payment.object,
    amount_paid: received,
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: world.now() },
  };
  world.save(payment);
  world.emit("invoice_payment.paid", payment.object);
  const counted = Math.min(received, row.object.amount_remaining);
  if (counted > 0) count(world, row, counted);
  if (received > counted) overpay(world, row, received - counted);
}

/** An attached payment asks for what its intent is now for. */
export function followIntent(world: World, { object }: Row<"payment_intent">): void {
  const [payment] = world.list("invoice_payment", { key: object.id, status: "open" });
  if (payment === undefined || payment.object.is_default) return;
  payment.object = { ...payment.object, amount_requested: object.amount };
  world.save(payment);
}

/** A payment that will not be made is none of its invoice's any more. */
export function cancelAttached(world: World, id: string): void {
  const [payment] = world.list("invoice_payment", { key: id, status: "open" });
  if (payment === undefined || payment.object.is_default) return;
  payment.object = {
    ...payment.object,
    status: "canceled",
    status_transitions: { canceled_at: world.now(), paid_at: null },
  };
  world.save(payment);
}

function count(world: World, row: Row<"invoice">, amount: number): void {
  const before = row.object;
  const left = before.amount_remaining - amount;
  if (left === 0) {
    markPaid(world, row, undefined, amount);
    return;
  }
  row.object = { ...before, amount_paid: before.amount_paid + amount, amount_remaining: left };
  world.save(row);
  askForRest(world, row);
  world.emit("invoice.updated", row.object, changesOf<"invoice">(before, row.object));
}

function overpay(world: World, row: Row<"invoice">, amount: number): void {
  row.object = { ...row.object, amount_overpaid: row.object.amount_overpaid + amount };
  world.save(row);
  const customer = world.find("customer", row.object.customer ?? "");
  if (customer !== undefined) {
    const facts = { invoice: row.object.id, currency: row.object.currency };
    moveBalance(world, customer, -amount, { ...facts, type: "invoice_overpaid" });
  }
  world.emit("invoice.overpaid", row.object);
}
