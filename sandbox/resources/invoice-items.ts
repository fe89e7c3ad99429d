import { blankItem, itemFrom } from "#sandbox/billing/invoice-item";
import { editableInvoice, refreshItemLine, takeItemLine } from "#sandbox/billing/invoice-lines";
import { isPricedIn } from "#sandbox/billing/price-currency";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, type Params, type Shape, text, unbuilt } from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import { itemFields } from "#sandbox/resources/invoice-item-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const createFields = {
  ...itemFields,
  currency: currencyCode,
  customer: text,
  customer_account: text,
  invoice: text,
  subscription: text,
} satisfies Shape;
const url = "/v1/invoiceitems";

/** `/v1/invoiceitems`: what is owed once, on the next invoice or on one of its own. */
export const invoiceItemRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) =>
    show(world, createItem(world, params).object),
  ),
  [`GET ${url}`]: listRoute(
    "invoiceitem",
    url,
    { customer: text, customer_account: text, invoice: text, pending: boolean },
    (world, { invoice, pending, ...who }) => ({
      ...customerFilter(world, who),
      ...(invoice === undefined ? {} : { key: invoice }),
      ...(pending === undefined ? {} : { status: pending ? "pending" : "billed" }),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("invoiceitem"),
  [`POST ${url}/:id`]: route({ ...itemFields, invoicing_rules: unbuilt }, (world, sent, { id }) => {
    const row = changeable(world, id);
    row.object = itemFrom(world, row.object, sent);
    world.save(row);
    if (row.object.invoice !== null) refreshItemLine(world, row);
    return show(world, row.object);
  }),
  [`DELETE ${url}/:id`]: route({}, (world, _params, { id }) => {
    const row = changeable(world, id);
    world.remove(row);
    if (row.object.invoice !== null) refreshItemLine(world, row);
    world.emit("invoiceitem.deleted", row.object);
    return { id: row.object.id, object: "invoiceitem", deleted: true };
  }),
};

/** Makes an item, on the draft it names or waiting for the customer's next invoice. */
export function createItem(world: World, params: Params<typeof createFields>): Row<"invoiceitem"> {
  const { invoice: named, subscription, currency: sent, ...item } = params;
  const draft = named === undefined ? undefined : editableInvoice(world, named, "invoice");
  const who = draft === undefined ? customerNamedBy(world, item) : undefined;
  const customer = who ?? (draft && world.find("customer", draft.object.customer ?? ""));
  if (customer === undefined) {
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  }
  const price = item.pricing?.price && get(world, "price", item.pricing.price, "pricing[price]");
  const currency =
    draft?.object.currency ??
    (price ? currencyOf(price.object, sent) : undefined) ??
    item.price_data?.currency ??
    sent?.toLowerCase() ??
    customer.object.currency;
  const isPriced = item.amount ?? item.pricing ?? item.price_data ?? item.unit_amount_decimal;
  if (isPriced === undefined) {
    const message = "Must provide one of the following: amount, price_data, pricing.";
    throw invalidRequest(message, "parameter_missing", "amount");
  }
  if (!currency) {
    throw invalidRequest("Missing required param: currency.", "parameter_missing", "currency");
  }
  const { customer: _who, customer_account: _account, ...facts } = item;
  const blank = blankItem(world, customer.object, currency);
  const object = itemFrom(world, blank, facts);
  if (subscription !== undefined) {
    get(world, "subscription", subscription, "subscription");
    object.parent = { subscription_details: { subscription }, type: "subscription_details" };
  }
  const row = world.insert("invoiceitem", object, {}, world.now());
  if (draft !== undefined) takeItemLine(world, draft, row);
  world.emit("invoiceitem.created", row.object);
  return row;
}

function currencyOf(price: ObjectOf<"price">, sent: string | undefined): string {
  const asked = sent?.toLowerCase();
  return asked !== undefined && isPricedIn(price, asked) ? asked : price.currency;
}

function changeable(world: World, id: string | undefined): Row<"invoiceitem"> {
  const row = get(world, "invoiceitem", id);
  if (row.object.invoice !== null) editableInvoice(world, row.object.invoice, "invoice");
  return row;
}
