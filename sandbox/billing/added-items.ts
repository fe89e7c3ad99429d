import { discountParam } from "#sandbox/billing/discounts";
import { inlinePrice, oneTimePriceData } from "#sandbox/billing/inline-price";
import { blankItem, itemFrom } from "#sandbox/billing/invoice-item";
import { itemsOf } from "#sandbox/billing/items";
import { isPricedIn } from "#sandbox/billing/price-currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const edge = <const Own extends string>(own: Own) =>
  required(shape({ timestamp: integer, type: required(oneOf([own, "timestamp"])) }));

const addedItemFields = {
  discountable: boolean,
  discounts: listOf(discountParam),
  metadata,
  period: shape({ end: edge("min_item_period_end"), start: edge("max_item_period_start") }),
  price: text,
  price_data: oneTimePriceData,
  quantity: integer,
  tax_rates: unsettable(listOf(text)),
} satisfies Shape;

/** What is billed once with a subscription's next invoice. */
export const addedItemsParam = listOf(shape(addedItemFields));
export type AddedItem = Params<typeof addedItemFields>;

/** Puts what is billed once on a subscription's next invoice: each waits as an item of its own. */
export function addInvoiceItems(
  world: World,
  subscription: ObjectOf<"subscription">,
  sent: readonly AddedItem[],
): void {
  const customer = get(world, "customer", subscription.customer).object;
  for (const [place, one] of sent.entries()) {
    const param = `add_invoice_items[${place}]`;
    const price = priceOf(world, one, param);
    if (!isPricedIn(price, subscription.currency)) {
      const message = "The price's currency is not the subscription's.";
      throw invalidRequest(message, undefined, `${param}[price]`);
    }
    const { discountable, discounts, metadata: meta, quantity, tax_rates: rates } = one;
    const item = itemFrom(world, blankItem(world, customer, subscription.currency), {
      pricing: { price: price.id },
      period: periodOf(world, subscription, one.period),
      ...(discountable === undefined ? {} : { discountable }),
      ...(discounts === undefined ? {} : { discounts }),
      ...(meta === undefined ? {} : { metadata: meta }),
      ...(quantity === undefined ? {} : { quantity }),
      ...(rates ? { tax_rates: rates } : {}),
    });
    const parent = {
      subscription_details: { subscription: subscription.id },
      type: "subscription_details" as const,
    };
    const row = world.insert("invoiceitem", { ...item, parent }, {}, world.now());
    world.emit("invoiceitem.created", row.object);
  }
}

function priceOf(world: World, sent: AddedItem, param: string): ObjectOf<"price"> {
  if ((sent.price === undefined) === (sent.price_data === undefined)) {
    const message = "You must specify either `price` or `price_data`.";
    throw invalidRequest(message, "parameter_missing", `${param}[price]`);
  }
  if (sent.price_data !== undefined) {
    return inlinePrice(world, sent.price_data, `${param}[price_data]`);
  }
  return get(world, "price", sent.price, `${param}[price]`).object;
}

// From when the last of a subscription's items began until the first of them ends.
function periodOf(
  world: World,
  { id }: ObjectOf<"subscription">,
  sent: AddedItem["period"],
): { start: number; end: number } {
  const items = itemsOf(world, id).map(({ object }) => object);
  const start = Math.max(...items.map(({ current_period_start: at }) => at));
  const end = Math.min(...items.map(({ current_period_end: at }) => at));
  return {
    start: sent?.start.type === "timestamp" ? (sent.start.timestamp ?? start) : start,
    end: sent?.end.type === "timestamp" ? (sent.end.timestamp ?? end) : end,
  };
}
