import { giveDiscounts } from "#sandbox/billing/discounts";
import { inlinePrice } from "#sandbox/billing/inline-price";
import { fullPrice, productName, tariffOf } from "#sandbox/billing/lines";
import {
  formatDecimal,
  multiply,
  parseDecimal,
  type Rational,
  roundHalfOut,
} from "#sandbox/money/rational";
import { priceQuantity } from "#sandbox/money/tiers";
import { checkMost } from "#sandbox/payments/charge-limits";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get, mergeMetadata } from "#sandbox/protocol/route";
import type { ItemSent } from "#sandbox/resources/invoice-item-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Item = ObjectOf<"invoiceitem">;

/** An invoice item with nothing decided but whose it is. */
export function blankItem(world: World, customer: ObjectOf<"customer">, currency: string): Item {
  return {
    id: world.newId("ii"),
    object: "invoiceitem",
    amount: 0,
    currency,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    date: world.now(),
    description: null,
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: 0,
    parent: null,
    period: { start: world.now(), end: world.now() },
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: "1",
    tax_rates: [],
    test_clock: customer.test_clock ?? null,
  };
}

/** An item as a request wants it: an amount, or a quantity at a price. */
export function itemFrom(world: World, kept: Item, sent: ItemSent): Item {
  const quantity = sent.quantity_decimal ?? sent.quantity?.toString() ?? kept.quantity_decimal;
  const owner = { customer: kept.customer, invoice_item: kept.id };
  const use = { customer: kept.customer, currency: kept.currency };
  const plain: Item = {
    ...kept,
    ...(sent.description === undefined ? {} : { description: sent.description }),
    ...(sent.discountable === undefined ? {} : { discountable: sent.discountable }),
    ...(sent.period === undefined ? {} : { period: sent.period }),
    ...(sent.discounts === undefined
      ? {}
      : { discounts: giveDiscounts(world, sent.discounts ?? [], owner, use) }),
    ...(sent.tax_rates === undefined
      ? {}
      : {
          tax_rates: (sent.tax_rates ?? []).map(
            (id, place) => get(world, "tax_rate", id, `tax_rates[${place}]`).object,
          ),
        }),
    metadata: mergeMetadata(kept.metadata ?? {}, sent.metadata ?? undefined),
  };
  const item = { ...plain, ...amountOf(world, plain, sent, quantity) };
  checkMost(item.amount, item.currency, "amount");
  return item;
}

function amountOf(
  world: World,
  kept: Item,
  sent: ItemSent,
  written: string,
): Pick<Item, "amount" | "pricing" | "quantity" | "quantity_decimal" | "net_amount"> &
  Partial<Item> {
  if (sent.amount !== undefined) return flat(kept, sent.amount);
  const made = sent.price_data && inlinePrice(world, sent.price_data, "price_data").id;
  const price = made ?? sent.pricing?.price ?? kept.pricing?.price_details?.price;
  const quantity = parseDecimal(written);
  const counted = {
    quantity: Number(roundHalfOut(quantity)),
    quantity_decimal: formatDecimal(quantity),
  };
  if (made ?? sent.pricing?.price ?? (price && sent.unit_amount_decimal === undefined)) {
    return { ...counted, ...amountAtPrice(world, kept, price, quantity) };
  }
  const unit = sent.unit_amount_decimal;
  if (unit === undefined) return kept.pricing === null ? flat(kept, kept.amount) : kept;
  const amount = Number(roundHalfOut(multiply(parseDecimal(unit), quantity)));
  return {
    ...counted,
    amount,
    net_amount: amount,
    pricing: {
      type: "price_details",
      unit_amount_decimal: unit,
    },
  };
}

function amountAtPrice(world: World, kept: Item, price: string | undefined, quantity: Rational) {
  const object = get(world, "price", price, "pricing[price]").object;
  if (object.recurring !== null) {
    const message =
      "The price specified is set to `type=recurring` but this field only accepts prices with " +
      "`type=one_time`.";
    throw invalidRequest(message, undefined, "pricing[price]");
  }
  const priced = fullPrice(world, object.id, kept.currency);
  const parts = priceQuantity(tariffOf(priced), quantity);
  const amount = Number(parts.reduce((sum, part) => sum + roundHalfOut(part.amount), 0n));
  return {
    amount,
    net_amount: amount,
    description: kept.description ?? productName(world, object),
    pricing: {
      price_details: { price: object.id, product: object.product },
      type: "price_details" as const,
      unit_amount_decimal: priced.unit_amount_decimal,
    },
  };
}

function flat(kept: Item, amount: number) {
  const unit = amount.toString();
  return {
    amount,
    net_amount: amount,
    pricing: { type: "price_details" as const, unit_amount_decimal: unit },
    quantity: 1,
    quantity_decimal: "1",
    description: kept.description,
  };
}
