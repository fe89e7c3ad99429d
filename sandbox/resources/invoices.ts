import {
  collectInvoice,
  markUncollectible,
  methodFor,
  voidInvoice,
} from "#sandbox/billing/collect-invoice";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import { markPaidElsewhere } from "#sandbox/billing/mark-paid";
import { reactToVoided } from "#sandbox/billing/react";
import { declineError, methodNamed } from "#sandbox/payments/card";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, oneOf, required, shape, text, unbuilt } from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customer-named";
import { invoiceFields } from "#sandbox/resources/invoice-fields";
import { collectLater, deleteDraft, updateInvoice } from "#sandbox/resources/invoice-update";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const statuses = oneOf(["draft", "open", "paid", "uncollectible", "void"]);
const paymentFilter = shape({
  payment_intent: text,
  payment_record: unbuilt,
  type: required(oneOf(["payment_intent", "payment_record"])),
});
const url = "/v1/invoices";

/** `/v1/invoices` and the payments made toward them. */
export const invoiceRoutes: Routes = {
  [`GET ${url}`]: listRoute(
    "invoice",
    url,
    {
      customer: text,
      customer_account: text,
      subscription: text,
      status: statuses,
      collection_method: unbuilt,
      due_date: unbuilt,
    },
    (world, { subscription, status, ...who }) => ({
      ...customerFilter(world, who),
      ...(subscription === undefined ? {} : { parent: subscription }),
      ...(status === undefined ? {} : { status }),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("invoice"),
  [`POST ${url}/:id`]: route(invoiceFields, (world, params, { id }) => {
    const row = get(world, "invoice", id);
    updateInvoice(world, row, params);
    return show(world, row.object);
  }),
  [`DELETE ${url}/:id`]: route({}, (world, _params, { id }) => {
    const row = get(world, "invoice", id);
    if (row.object.status !== "draft") {
      const message = "You can only delete draft invoices.";
      throw invalidRequest(message, "invoice_not_editable");
    }
    deleteDraft(world, row);
    return { id: row.object.id, object: "invoice", deleted: true };
  }),
  [`POST ${url}/:id/finalize`]: route({ auto_advance: boolean }, (world, params, { id }) => {
    const row = get(world, "invoice", id);
    finalizeInvoice(world, row);
    if (params.auto_advance !== undefined && row.object.status === "open") {
      row.object = { ...row.object, auto_advance: params.auto_advance };
      world.save(row);
    }
    collectLater(world, row);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/send`]: route({}, (world, _params, { id }) => {
    const row = get(world, "invoice", id);
    if (row.object.collection_method !== "send_invoice") {
      const message =
        "You can only manually send an invoice whose collection method is `send_invoice`.";
      throw invalidRequest(message, "invoice_not_editable");
    }
    if (row.object.status === "draft") finalizeInvoice(world, row);
    world.emit("invoice.sent", row.object);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/pay`]: route(
    {
      payment_method: text,
      off_session: boolean,
      paid_out_of_band: boolean,
      forgive: unbuilt,
      source: unbuilt,
      mandate: unbuilt,
    },
    (world, params, { id }) => {
      const row = get(world, "invoice", id);
      payInvoice(world, row, params);
      return show(world, row.object);
    },
  ),
  [`POST ${url}/:id/void`]: route({}, (world, _params, { id }) => {
    const row = openInvoice(world, id, "void", ["open", "uncollectible"]);
    checkAttached(world, row, "void", ["open", "paid"]);
    voidInvoice(world, row);
    reactToVoided(world, row.object);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/mark_uncollectible`]: route({}, (world, _params, { id }) => {
    const row = openInvoice(world, id, "mark uncollectible", ["open"]);
    checkAttached(world, row, "mark uncollectible", ["open"]);
    markUncollectible(world, row);
    return show(world, row.object);
  }),
  "GET /v1/invoice_payments": listRoute(
    "invoice_payment",
    "/v1/invoice_payments",
    { invoice: text, status: oneOf(["canceled", "open", "paid"]), payment: paymentFilter },
    (_world, { invoice, status, payment }) => ({
      ...(payment?.payment_intent === undefined ? {} : { key: payment.payment_intent }),
      ...(invoice === undefined ? {} : { parent: invoice }),
      ...(status === undefined ? {} : { status }),
    }),
  ),
  "GET /v1/invoice_payments/:id": retrieveRoute("invoice_payment"),
};

// Paying a draft finalises it first. A decline is a 402 whose writes stay.
function payInvoice(
  world: World,
  row: Row<"invoice">,
  params: { payment_method?: string; off_session?: boolean; paid_out_of_band?: boolean },
): void {
  if (row.object.status === "draft") finalizeInvoice(world, row);
  if (row.object.status === "paid") {
    if (row.object.amount_paid === 0) return;
    throw invalidRequest("Invoice is already paid", "invoice_already_paid");
  }
  if (row.object.status === "void") throw invalidRequest("Invoice is void", "invoice_not_payable");
  if (params.paid_out_of_band) {
    markPaidElsewhere(world, row);
    return;
  }
  const method =
    params.payment_method === undefined
      ? methodFor(world, row)
      : methodNamed(world, params.payment_method, "payment_method");
  if (method === undefined) {
    throw invalidRequest(
      "There is no `default_payment_method` set on this Customer or Invoice. Please pass a " +
        "payment method or set one.",
      "invoice_payment_intent_requires_action",
    );
  }
  const session = { isOffSession: params.off_session ?? true, isAuthenticated: false };
  const outcome = collectInvoice(world, row, method, session);
  if (outcome.kind !== "declined") return;
  throw declineError(outcome.decline, { keepsWrites: true });
}

// What was attached to an invoice holds it open, or keeps what it has paid.
function checkAttached(
  world: World,
  { object }: Row<"invoice">,
  verb: string,
  statuses: readonly string[],
): void {
  const attached = world
    .list("invoice_payment", { parent: object.id, statuses })
    .filter(({ object: payment }) => !payment.is_default);
  if (attached.length === 0) return;
  const message = `You cannot ${verb} an invoice with ${statuses.join(" or ")} payments.`;
  throw invalidRequest(message, "invoice_not_editable");
}

function openInvoice(
  world: World,
  id: string | undefined,
  verb: string,
  from: readonly string[],
): Row<"invoice"> {
  const row = get(world, "invoice", id);
  if (from.includes(row.object.status ?? "")) return row;
  const message = `You can only ${verb} an open invoice. This invoice is ${row.object.status}.`;
  throw invalidRequest(message, "invoice_not_editable");
}
