import { discountParam } from "#sandbox/billing/discounts";
import { oneTimePriceData } from "#sandbox/billing/inline-price";
import {
  boolean,
  decimal,
  integer,
  listOf,
  metadata,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";

/** What an item or a line can be told, wherever it is told. */
export const itemFields = {
  amount: integer,
  description: text,
  discountable: boolean,
  discounts: unsettable(listOf(discountParam)),
  metadata: unsettable(metadata),
  period: shape({ end: required(integer), start: required(integer) }),
  price_data: oneTimePriceData,
  pricing: shape({ price: text }),
  quantity: integer,
  quantity_decimal: decimal,
  tax_rates: unsettable(listOf(text)),
  unit_amount_decimal: decimal,
  tax_behavior: unbuilt,
  tax_code: unbuilt,
} satisfies Shape;
export type ItemSent = Params<typeof itemFields>;
