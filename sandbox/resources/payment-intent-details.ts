import { mismatchOf } from "#sandbox/payments/amount-details";
import { invalidParam, invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  listOf,
  oneOf,
  type Param,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import { get, pagingParams, type Routes, route } from "#sandbox/protocol/route";
import { pageOfItems } from "#sandbox/resources/page-of-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Details = NonNullable<ObjectOf<"payment_intent">["amount_details"]>;
type Item = ObjectOf<"payment_intent_amount_details_line_item">;

const from = (least: number): Param<number> => ({
  read(value, name) {
    const read = integer.read(value, name);
    if (read >= least) return read;
    const message = `This value must be greater than or equal to ${least}.`;
    throw invalidParam(name, message, "parameter_invalid_integer");
  },
});
const upTo = (most: number): Param<string> => ({
  read(value, name) {
    const read = text.read(value, name);
    if (read.length <= most) return read;
    throw invalidParam(name, `Invalid string: it must be at most ${most} characters.`);
  },
});
const commodity = shape({ commodity_code: text });
const item = shape({
  discount_amount: from(1),
  payment_method_options: shape({
    card: commodity,
    card_present: commodity,
    klarna: shape({
      ...{ image_url: text, product_url: text, reference: text, subscription_reference: text },
    }),
    paypal: shape({
      category: oneOf(["digital_goods", "donation", "physical_goods"]),
      ...{ description: text, sold_by: text },
    }),
  }),
  product_code: upTo(12),
  product_name: required(upTo(1024)),
  quantity: required(from(1)),
  tax: shape({ total_tax_amount: required(from(0)) }),
  unit_cost: required(from(0)),
  unit_of_measure: upTo(12),
});
const fields = {
  discount_amount: unsettable(from(1)),
  enforce_arithmetic_validation: boolean,
  line_items: unsettable(listOf(item)),
  shipping: unsettable(
    shape({
      amount: unsettable(from(0)),
      from_postal_code: unsettable(upTo(10)),
      to_postal_code: unsettable(upTo(10)),
    }),
  ),
  tax: unsettable(shape({ total_tax_amount: required(from(0)) })),
} satisfies Shape;
type Sent = Params<typeof fields>;
const mostItems = 200;

/** What an amount is made of: `amount_details`. */
export const amountDetails = shape(fields);

const url = "/v1/payment_intents";

/** `/v1/payment_intents/:id/amount_details_line_items`: the things that are paid for. */
export const paymentIntentDetailRoutes: Routes = {
  [`GET ${url}/:id/amount_details_line_items`]: route(pagingParams, (world, paging, { id }) => {
    const { object } = get(world, "payment_intent", id);
    const items = itemsOf(world, object.id).map((row) => row.object);
    return pageOfItems(`${url}/${object.id}/amount_details_line_items`, items, paging);
  }),
};

/** Takes what was sent of an amount's details, and checks that the parts make it up. */
export function changeDetails(
  world: World,
  intent: Row<"payment_intent">,
  sent: Sent | undefined,
  amount: number,
): void {
  const kept = itemsOf(world, intent.object.id);
  if (sent === undefined && kept.length === 0) return;
  const items = sent?.line_items === undefined ? kept.map(({ object }) => object) : null;
  const fresh = items ?? (sent?.line_items ?? []).map((line) => itemFrom(world, line));
  const { error: _error, ...before } = intent.object.amount_details ?? {};
  const details = detailsFrom(before, sent ?? {});
  checkExclusive(details, fresh);
  const mismatch = mismatchOf(amount, details, fresh);
  if (mismatch !== undefined && sent?.enforce_arithmetic_validation !== false) {
    throw invalidRequest(mismatch.message, mismatch.code, "amount_details");
  }
  if (items === null) replaceItems(world, intent.object.id, kept, fresh);
  intent.object = {
    ...intent.object,
    amount_details: {
      ...details,
      ...(mismatch === undefined ? {} : { error: mismatch as NonNullable<Details["error"]> }),
    },
  };
  world.save(intent);
}

function itemsOf(world: World, intent: string) {
  const query = { parent: intent, order: "oldest" } as const;
  return world.list("payment_intent_amount_details_line_item", query);
}

function replaceItems(
  world: World,
  intent: string,
  kept: readonly Row<"payment_intent_amount_details_line_item">[],
  items: readonly Item[],
): void {
  for (const row of kept) world.remove(row);
  for (const each of items) {
    const hidden = { intent };
    world.insert("payment_intent_amount_details_line_item", each, hidden, world.now());
  }
}

function itemFrom(world: World, sent: NonNullable<Sent["line_items"]>[number]): Item {
  return {
    id: world.newId("uli"),
    object: "payment_intent_amount_details_line_item",
    discount_amount: sent.discount_amount ?? null,
    payment_method_options: (sent.payment_method_options ?? null) as Item["payment_method_options"],
    product_code: sent.product_code ?? null,
    product_name: sent.product_name,
    quantity: sent.quantity,
    tax: sent.tax ?? null,
    unit_cost: sent.unit_cost,
    unit_of_measure: sent.unit_of_measure ?? null,
  };
}

function detailsFrom(before: Details, sent: Sent): Details {
  const { discount_amount: discount, shipping, tax } = sent;
  const whole = { amount: null, from_postal_code: null, to_postal_code: null };
  const changed = {
    ...before,
    ...(discount === undefined ? {} : { discount_amount: discount ?? undefined }),
    ...(shipping === undefined
      ? {}
      : { shipping: shipping === null ? undefined : { ...whole, ...shipping } }),
    ...(tax === undefined ? {} : { tax: tax ?? undefined }),
  };
  const named = Object.entries(changed).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as Details;
}

function checkExclusive(details: Details, items: readonly Item[]): void {
  if (items.length > mostItems) {
    throw invalidRequest(`There are up to ${mostItems} line items.`, undefined, "amount_details");
  }
  for (const [name, isOfItems] of [
    ["discount_amount", items.some(({ discount_amount }) => discount_amount !== null)],
    ["tax", items.some(({ tax }) => tax !== null)],
  ] as const) {
    if (!isOfItems || details[name] === undefined) continue;
    const message = `Give the ${name} of the payment or of its line items, not of both.`;
    throw invalidRequest(message, "parameters_exclusive", `amount_details[${name}]`);
  }
}
