import { collectInvoice, methodFor, voidInvoice } from "#sandbox/billing/collect-invoice";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import { declineError, methodNamed } from "#sandbox/payments/card";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, metadata, oneOf, text, unbuilt, unsettable } from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  pageSize,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customer-named";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const statuses = oneOf(["draft", "open", "paid", "uncollectible", "void"]);
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
  [`GET ${url}/:id/lines`]: route(pagingParams, (world, { limit, starting_after }, { id }) => {
    const { data } = get(world, "invoice", id).object.lines;
    const from = starting_after ? data.findIndex((line) => line.id === starting_after) + 1 : 0;
    const page = data.slice(from, from + pageSize(limit));
    const hasMore = from + page.length < data.length;
    return { object: "list", url: `${url}/${id}/lines`, has_more: hasMore, data: page };
  }),
  [`POST ${url}/:id`]: route(
    {
      auto_advance: boolean,
      default_payment_method: unsettable(text),
      description: unsettable(text),
      footer: unsettable(text),
      metadata,
      discounts: unbuilt,
      automatic_tax: unbuilt,
    },
    (world, { metadata: sent, ...plain }, { id }) => {
      const row = get(world, "invoice", id);
      const before = row.object;
      row.object = { ...before, ...plain, metadata: mergeMetadata(before.metadata ?? {}, sent) };
      world.save(row);
      world.emit("invoice.updated", row.object, changesOf<"invoice">(before, row.object));
      return show(world, row.object);
    },
  ),
  [`POST ${url}/:id/finalize`]: route({ auto_advance: boolean }, (world, _params, { id }) => {
    const row = get(world, "invoice", id);
    finalizeInvoice(world, row);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/pay`]: route(
    {
      payment_method: text,
      off_session: boolean,
      paid_out_of_band: unbuilt,
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
    const row = openInvoice(world, id, "void");
    voidInvoice(world, row);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/mark_uncollectible`]: route({}, (world, _params, { id }) => {
    const row = openInvoice(world, id, "mark uncollectible");
    const transitions = { ...row.object.status_transitions, marked_uncollectible_at: world.now() };
    row.object = { ...row.object, status: "uncollectible", status_transitions: transitions };
    world.save(row);
    world.unschedule("invoice.retry", row.object.id);
    world.emit("invoice.marked_uncollectible", row.object);
    return show(world, row.object);
  }),
  "GET /v1/invoice_payments": listRoute(
    "invoice_payment",
    "/v1/invoice_payments",
    { invoice: text, status: oneOf(["canceled", "open", "paid"]), payment: unbuilt },
    (_world, { invoice, status }) => ({
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
  params: { payment_method?: string; off_session?: boolean },
): void {
  if (row.object.status === "draft") finalizeInvoice(world, row);
  if (row.object.status === "paid") {
    if (row.object.amount_paid === 0) return;
    throw invalidRequest("Invoice is already paid", "invoice_already_paid");
  }
  if (row.object.status === "void") throw invalidRequest("Invoice is void", "invoice_not_payable");
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

function openInvoice(world: World, id: string | undefined, verb: string): Row<"invoice"> {
  const row = get(world, "invoice", id);
  if (row.object.status === "open" || row.object.status === "uncollectible") return row;
  const message = `You can only ${verb} an open invoice. This invoice is ${row.object.status}.`;
  throw invalidRequest(message, "invoice_not_editable");
}
