import { discountParam } from "#sandbox/billing/discounts";
import { oneTimePriceData } from "#sandbox/billing/inline-price";
import { currencyCode } from "#sandbox/protocol/currency";
import {
  boolean,
  decimal,
  either,
  integer,
  listOf,
  metadata,
  oneOf,
  only,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { address } from "#sandbox/resources/address";
import { automaticTaxParam } from "#sandbox/resources/invoice-fields";
import { phaseParam } from "#sandbox/resources/schedule-fields";
import { cancelAtParam } from "#sandbox/resources/subscription-ending";
import { itemChangeFields } from "#sandbox/resources/subscription-item-fields";
import { behaviors } from "#sandbox/resources/subscription-items";
import { pauseFields } from "#sandbox/resources/subscription-pause";

const flexible = shape({ type: required(oneOf(["flexible"])), flexible: unbuilt });

const subscriptionDetails = shape({
  billing_cycle_anchor: shape({
    timestamp: integer,
    type: required(oneOf(["now", "timestamp", "unchanged"])),
  }),
  billing_mode: flexible,
  billing_schedules: unbuilt,
  cancel_at: unsettable(cancelAtParam),
  cancel_at_period_end: boolean,
  cancel_now: boolean,
  default_tax_rates: unsettable(listOf(text)),
  items: listOf(shape(itemChangeFields)),
  metadata: unsettable(metadata),
  pause: shape(pauseFields),
  proration_behavior: behaviors,
  proration_date: integer,
  resume_at: oneOf(["now"]),
  start_date: integer,
  trial_end: either(integer, oneOf(["now"])),
});

const itemFields = {
  amount: integer,
  currency: currencyCode,
  description: text,
  discountable: boolean,
  discounts: unsettable(listOf(discountParam)),
  invoiceitem: text,
  metadata: unsettable(metadata),
  period: shape({ end: required(integer), start: required(integer) }),
  price: text,
  price_data: oneTimePriceData,
  quantity: integer,
  quantity_decimal: decimal,
  tax_behavior: unbuilt,
  tax_code: unbuilt,
  tax_rates: unsettable(listOf(text)),
  unit_amount: integer,
  unit_amount_decimal: decimal,
} satisfies Shape;

const customerDetails = shape({
  address: unsettable(address),
  shipping: unsettable(shape({ address: required(address), name: required(text), phone: text })),
  tax: unbuilt,
  tax_exempt: unsettable(oneOf(["exempt", "none", "reverse"])),
  tax_ids: listOf(shape({ type: required(text), value: required(text) })),
});

/** What previewing an invoice takes. */
export const previewFields = {
  automatic_tax: automaticTaxParam,
  currency: currencyCode,
  customer: text,
  customer_account: text,
  customer_details: customerDetails,
  discounts: unsettable(listOf(discountParam)),
  invoice_items: listOf(shape(itemFields)),
  issuer: shape({ account: unbuilt, type: required(only(oneOf(["account", "self"]), "self")) }),
  on_behalf_of: unbuilt,
  preview_mode: oneOf(["next", "recurring"]),
  schedule: text,
  schedule_details: shape({
    billing_mode: flexible,
    end_behavior: oneOf(["cancel", "release"]),
    pause_schedules: unbuilt,
    phases: listOf(phaseParam),
    proration_behavior: behaviors,
  }),
  subscription: text,
  subscription_details: subscriptionDetails,
} satisfies Shape;
export type PreviewSent = Params<typeof previewFields>;
export type PreviewedChange = NonNullable<PreviewSent["subscription_details"]>;
export type PreviewedItem = Params<typeof itemFields>;
