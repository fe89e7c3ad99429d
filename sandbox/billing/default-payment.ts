import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** The payment Stripe made when the invoice became final, and keeps at what is left to pay. */
export function defaultPayment(world: World, invoice: string): Row<"invoice_payment"> | undefined {
  return world.list("invoice_payment", { parent: invoice }).find(({ object }) => object.is_default);
}

/** The payment intent an invoice is paid by unless others are attached to it. */
export function intentOf(world: World, invoice: string): Row<"payment_intent"> | undefined {
  const id = defaultPayment(world, invoice)?.object.payment.payment_intent;
  return id === undefined ? undefined : world.find("payment_intent", id);
}

/** The invoice an intent was made for, if it was. */
export function invoiceOf(world: World, intent: string): Row<"invoice"> | undefined {
  const [payment] = world.list("invoice_payment", { key: intent });
  return payment?.object.is_default ? world.find("invoice", payment.object.invoice) : undefined;
}

/** Has the default payment ask for what is left, once something else has taken part of it. */
export function askForRest(world: World, { object: invoice }: Row<"invoice">): void {
  const payment = defaultPayment(world, invoice.id);
  const intent = intentOf(world, invoice.id);
  const left = invoice.amount_remaining;
  if (payment?.object.status !== "open" || intent === undefined || left === 0) return;
  intent.object = { ...intent.object, amount: left };
  world.save(intent);
  payment.object = { ...payment.object, amount_requested: left };
  world.save(payment);
}
