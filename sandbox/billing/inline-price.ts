import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { decimal, integer, oneOf, required, shape, text } from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import { priceFrom } from "#sandbox/resources/price-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const oneTime = {
  currency: required(currencyCode),
  product: required(text),
  tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
  unit_amount: integer,
  unit_amount_decimal: decimal,
};

/** A price that is made with the thing it is for, and is paid once. */
export const oneTimePriceData = shape(oneTime);

/** A price that is made with the item it is for. */
export const recurringPriceData = shape({
  ...oneTime,
  recurring: required(
    shape({
      interval: required(oneOf(["day", "week", "month", "year"])),
      interval_count: integer,
    }),
  ),
});
type PriceData = ReturnType<typeof oneTimePriceData.read> &
  Partial<ReturnType<typeof recurringPriceData.read>>;

/** Makes the price of a request that brought its own. Nothing else can be sold at it, so it is
 *  inactive from the start. */
export function inlinePrice(world: World, data: PriceData, param: string): ObjectOf<"price"> {
  get(world, "product", data.product, `${param}[product]`);
  if ((data.unit_amount === undefined) === (data.unit_amount_decimal === undefined)) {
    const message = "You must specify either `unit_amount` or `unit_amount_decimal`.";
    throw invalidRequest(message, undefined, param);
  }
  const object = priceFrom(world, { ...data, active: false });
  world.insert("price", object, {});
  return object;
}

/** Every item with a price that is kept: the one it names, or the one it brought. */
export function withPrices<
  Item extends { price?: string | undefined; price_data?: PriceData | undefined },
>(
  world: World,
  items: readonly Item[],
  param: string,
): (Omit<Item, "price" | "price_data"> & { price: string; isInline: boolean })[] {
  return items.map(({ price, price_data: data, ...item }, place) => {
    const at = `${param}[${place}]`;
    if (price !== undefined && data !== undefined) throw onlyOne(at);
    if (price === undefined && data === undefined) throw missing(`${at}[price]`);
    const id = price ?? (data && inlinePrice(world, data, `${at}[price_data]`).id) ?? "";
    return { ...item, price: id, isInline: data !== undefined };
  });
}

function onlyOne(param: string) {
  const message = "You may only specify one of these: price, price_data.";
  return invalidRequest(message, undefined, `${param}[price]`);
}

function missing(param: string) {
  return invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
}
