import { creditAttached } from "#sandbox/billing/credit-invoice";
import { invalidRequest } from "#sandbox/protocol/errors";
import { text, unbuilt } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** `/v1/invoices/:id/attach_payment`: an invoice is paid in parts, each by an intent of its own.
 *  https://docs.stripe.com/invoicing/partial-payments */
export const invoiceAttachPaymentRoutes: Routes = {
  "POST /v1/invoices/:id/attach_payment": route(
    { payment_intent: text, payment_record: unbuilt },
    (world, { payment_intent: named }, { id }) => {
      if (named === undefined) {
        const message = "Missing required param: payment_intent.";
        throw invalidRequest(message, "parameter_missing", "payment_intent");
      }
      const { object: invoice } = get(world, "invoice", id);
      const { object: intent } = get(world, "payment_intent", named, "payment_intent");
      checkInvoice(invoice);
      checkIntent(world, invoice, intent);
      attach(world, invoice, intent);
      creditAttached(world, intent.id);
      return show(world, get(world, "invoice", id).object);
    },
  ),
};

function attach(
  world: World,
  invoice: ObjectOf<"invoice">,
  intent: ObjectOf<"payment_intent">,
): void {
  const payment: ObjectOf<"invoice_payment"> = {
    id: world.newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: world.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: false,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  world.insert("invoice_payment", payment, {});
}

function checkInvoice({ status, parent, collection_method: method }: ObjectOf<"invoice">): void {
  if (status !== "open" && status !== "uncollectible") {
    const message = `You can only attach a payment to an open invoice. This invoice is ${status}.`;
    throw invalidRequest(message, "invoice_not_editable");
  }
  if (parent?.type !== "subscription_details" || method === "send_invoice") return;
  throw invalidRequest(
    "Partial payments are not supported for subscription invoices that are charged automatically.",
  );
}

function checkIntent(
  world: World,
  invoice: ObjectOf<"invoice">,
  intent: ObjectOf<"payment_intent">,
): void {
  const refuse = (why: string) =>
    invalidRequest(`This PaymentIntent ${why}.`, undefined, "payment_intent");
  if (world.list("invoice_payment", { key: intent.id }).length > 0) {
    throw refuse("is a payment of an invoice already");
  }
  if (intent.status === "canceled") throw refuse("has a status of canceled");
  if (intent.customer !== invoice.customer) {
    throw refuse(`must be of the invoice's customer (${invoice.customer})`);
  }
  if (intent.currency !== invoice.currency) {
    throw refuse(`must be in the invoice's currency (${invoice.currency})`);
  }
  if (intent.amount <= invoice.amount_remaining) return;
  const { amount_remaining: left } = invoice;
  throw refuse(`is for ${intent.amount}, more than the invoice's remaining ${left}`);
}
