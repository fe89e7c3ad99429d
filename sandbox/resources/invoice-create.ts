import { blankInvoice } from "#sandbox/billing/blank-invoice";
import { discountsFor, giveDiscounts } from "#sandbox/billing/discounts";
import { customerItems, lineFromPending } from "#sandbox/billing/pending-items";
import { priceInvoice } from "#sandbox/billing/price-invoice";
import { finalizeLater } from "#sandbox/billing/start-subscription";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, type Params, type Shape, shape, text, unbuilt } from "#sandbox/protocol/params";
import { get, mergeMetadata, type Routes, route } from "#sandbox/protocol/route";
import { customerNamedBy } from "#sandbox/resources/customer-named";
import { invoiceFields, plainFrom } from "#sandbox/resources/invoice-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const createFields = {
  ...invoiceFields,
  currency: currencyCode,
  customer: text,
  customer_account: text,
  pending_invoice_items_behavior: oneOf(["exclude", "include"]),
  subscription: text,
  from_invoice: shape({ action: unbuilt, invoice: unbuilt }),
} satisfies Shape;
type Sent = Params<typeof createFields>;

/** `POST /v1/invoices`: an invoice made by hand. */
export const invoiceCreateRoutes: Routes = {
  "POST /v1/invoices": route(createFields, (world, params) =>
    show(world, createInvoice(world, params).object),
  ),
};

/** Drafts an invoice by hand: it waits for its maker, and what was pending stays so. */
export function createInvoice(world: World, params: Sent): Row<"invoice"> {
  const {
    customer: _customer,
    customer_account: _account,
    currency: named,
    from_invoice: _from,
    pending_invoice_items_behavior: pending,
    subscription: of,
    ...sent
  } = params;
  const customer = customerNamedBy(world, params);
  if (customer === undefined) {
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  }
  const subscription =
    of === undefined ? undefined : get(world, "subscription", of, "subscription");
  const waiting = customerItems(world, customer.object.id);
  const currency =
    named?.toLowerCase() ??
    subscription?.object.currency ??
    customer.object.currency ??
    waiting[0]?.object.currency ??
    "usd";
  const blank = blankInvoice(world, customer.object, currency);
  checkCollection(params);
  const plain = plainFrom(world, blank, sent);
  const taken =
    pending === "include"
      ? waiting.filter(({ object }) => object.currency === currency && isFor(object, of))
      : [];
  const lines = taken.map((item) => lineFromPending(world, item, blank.id));
  const use = { customer: customer.object.id, currency };
  const discounts =
    params.discounts === undefined
      ? discountsFor(world, customer.object, subscription?.object)
      : giveDiscounts(world, params.discounts ?? [], ownerOf(blank), use);
  const object = priceInvoice(world, {
    ...blank,
    ...plain,
    auto_advance: params.auto_advance ?? false,
    discounts,
    lines: listOf(`/v1/invoices/${blank.id}/lines`, lines),
    metadata: mergeMetadata({}, params.metadata ?? undefined),
    parent: subscription === undefined ? null : parentOf(subscription.object),
  });
  const row = world.insert("invoice", object, { secret: world.newId("secret") });
  world.emit("invoice.created", row.object);
  if (row.object.auto_advance) finalizeLater(world, row);
  return row;
}

function ownerOf({ id, customer, customer_account }: ObjectOf<"invoice">) {
  return { customer, customer_account: customer_account ?? null, invoice: id };
}

function isFor(item: ObjectOf<"invoiceitem">, subscription: string | undefined): boolean {
  const of = item.parent?.subscription_details?.subscription;
  return subscription === undefined || of === undefined || of === subscription;
}

function parentOf(subscription: ObjectOf<"subscription">): ObjectOf<"invoice">["parent"] {
  return {
    quote_details: null,
    subscription_details: {
      metadata: subscription.metadata,
      subscription: subscription.id,
    },
    type: "subscription_details",
  };
}

function checkCollection(params: Sent): void {
  const isSent = params.collection_method === "send_invoice";
  const isDue = params.days_until_due !== undefined || params.due_date !== undefined;
  if (isSent && !isDue) {
    const message =
      "If `collection_method=send_invoice`, you must specify either `due_date` or `days_until_due`.";
    throw invalidRequest(message, "parameter_missing", "days_until_due");
  }
  if (!isSent && isDue) {
    const message = "You can only set a due date if `collection_method=send_invoice`.";
    throw invalidRequest(message, undefined, "days_until_due");
  }
}
