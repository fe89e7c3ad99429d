import { noteFailure } from "#sandbox/billing/collect-invoice";
import { markPaid } from "#sandbox/billing/mark-paid";
import { endDebit } from "#sandbox/payments/confirm-other";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** A bank has answered: the payment, its invoice and the Checkout session it came from follow. */
export function endBankDebit(world: World, id: string): void {
  const intent = world.find("payment_intent", id);
  const method = world.find("payment_method", intent?.object.payment_method ?? "");
  if (intent?.object.status !== "processing" || method === undefined) return;
  const session = sessionOf(world, intent);
  const outcome = endDebit(world, intent, method);
  const [payment] = world.list("invoice_payment", { key: id });
  const invoice = payment && world.find("invoice", payment.object.invoice);
  if (invoice !== undefined) {
    if (outcome.kind === "succeeded") markPaid(world, invoice, id);
    else noteFailure(world, invoice, outcome);
  }
  if (session === undefined) return;
  if (outcome.kind !== "succeeded") {
    world.emit("checkout.session.async_payment_failed", session.object);
    return;
  }
  session.object = { ...session.object, payment_status: "paid" };
  world.save(session);
  world.emit("checkout.session.async_payment_succeeded", session.object);
}

// A session knows its payment, or the subscription whose invoice is paid.
function sessionOf(world: World, { object: intent }: Row<"payment_intent">) {
  const [payment] = world.list("invoice_payment", { key: intent.id });
  const invoice = payment?.object.invoice;
  const customer = intent.customer === null ? {} : { customer: intent.customer };
  return world
    .list("checkout.session", { status: "complete", ...customer })
    .find(
      ({ object }) =>
        object.payment_status === "unpaid" &&
        (object.payment_intent === intent.id || (invoice && object.invoice === invoice)),
    );
}
