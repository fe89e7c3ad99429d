import { noteFailure } from "#sandbox/billing/collect-invoice";
import { creditAttached } from "#sandbox/billing/credit-invoice";
import { invoiceOf } from "#sandbox/billing/default-payment";
import { markPaid } from "#sandbox/billing/mark-paid";
import { endDebit, failDeposits } from "#sandbox/payments/confirm-other";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** A bank has answered: the payment, its invoice and the Checkout session it came from follow. */
export function endBankDebit(world: World, id: string): void {
  const intent = world.find("payment_intent", id);
  const method = world.find("payment_method", intent?.object.payment_method ?? "");
  if (intent === undefined || method === undefined) return;
  if (intent.object.next_action?.type === "verify_with_microdeposits") {
    const failed = failDeposits(world, intent, method);
    const invoice = invoiceOf(world, id);
    if (invoice !== undefined) noteFailure(world, invoice, failed);
    return;
  }
  if (intent.object.status !== "processing") return;
  const session = sessionOf(world, intent);
  const outcome = endDebit(world, intent, method);
  const invoice = invoiceOf(world, id);
  if (invoice === undefined) creditAttached(world, id);
  else if (outcome.kind === "succeeded")
    markPaid(world, invoice, id, invoice.object.amount_remaining, true);
  else noteFailure(world, invoice, outcome, true);
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
  const invoice = invoiceOf(world, intent.id)?.object.id;
  const customer = intent.customer === null ? {} : { customer: intent.customer };
  return world
    .list("checkout.session", { status: "complete", ...customer })
    .find(
      ({ object }) =>
        object.payment_status === "unpaid" &&
        (object.payment_intent === intent.id || (invoice && object.invoice === invoice)),
    );
}
