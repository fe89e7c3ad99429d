import { discountParam } from "#sandbox/billing/discounts";
import { recurringPriceData } from "#sandbox/billing/inline-price";
import {
  boolean,
  integer,
  listOf,
  metadata,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";

/** When an item's usage is billed before its period ends. */
export const itemThresholds = unsettable(shape({ usage_gte: required(integer) }));

/** What an item of a subscription takes, wherever it is told. */
export const itemTerms = {
  billing_thresholds: itemThresholds,
  current_trial: unbuilt,
  discounts: unsettable(listOf(discountParam)),
  metadata,
  price: text,
  price_data: recurringPriceData,
  quantity: integer,
  tax_rates: unsettable(listOf(text)),
} satisfies Shape;

/** What one item of a subscription update takes. Usage of a meter is not cleared by an item. */
export const itemChangeFields = {
  ...itemTerms,
  id: text,
  deleted: boolean,
  clear_usage: boolean,
} satisfies Shape;

/** When a subscription is billed before its periods end. */
export const subscriptionThresholds = unsettable(
  shape({ amount_gte: integer, reset_billing_cycle_anchor: boolean }),
);
