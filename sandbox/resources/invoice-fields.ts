import { discountParam } from "#sandbox/billing/discounts";
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
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Whether Stripe works out the tax. */
export const automaticTaxParam = shape({ enabled: required(boolean), liability: unbuilt });

/** What an invoice is told, when it is made and while it is a draft. */
export const invoiceFields = {
  auto_advance: boolean,
  automatic_tax: automaticTaxParam,
  automatically_finalizes_at: unbuilt,
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  custom_fields: unsettable(listOf(shape({ name: required(text), value: required(text) }))),
  days_until_due: integer,
  default_payment_method: unsettable(text),
  default_tax_rates: unsettable(listOf(text)),
  description: unsettable(text),
  discounts: unsettable(listOf(discountParam)),
  due_date: integer,
  effective_at: unsettable(integer),
  footer: unsettable(text),
  metadata: unsettable(metadata),
  number: unsettable(text),
  statement_descriptor: text,
  account_tax_ids: unbuilt,
  application_fee_amount: unbuilt,
  issuer: unbuilt,
  on_behalf_of: unbuilt,
  payment_settings: unbuilt,
  rendering: unbuilt,
  shipping_cost: unbuilt,
  shipping_details: unbuilt,
  transfer_data: unbuilt,
} satisfies Shape;
export type InvoiceSent = Params<typeof invoiceFields>;

/** The fields of an invoice a request sets as they are. */
export function plainFrom(
  world: World,
  kept: ObjectOf<"invoice">,
  sent: InvoiceSent,
): Partial<ObjectOf<"invoice">> {
  const {
    automatic_tax,
    days_until_due: days,
    default_payment_method: method,
    default_tax_rates: rates,
    discounts: _discounts,
    metadata: _metadata,
    ...plain
  } = sent;
  if (method) get(world, "payment_method", method, "default_payment_method");
  return {
    ...(plain as Partial<ObjectOf<"invoice">>),
    ...(automatic_tax === undefined
      ? {}
      : { automatic_tax: { ...kept.automatic_tax, enabled: automatic_tax.enabled } }),
    ...(days === undefined ? {} : { due_date: world.now() + days * 86_400 }),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(rates === undefined
      ? {}
      : {
          default_tax_rates: (rates ?? []).map(
            (id, place) => get(world, "tax_rate", id, `default_tax_rates[${place}]`).object,
          ),
        }),
  };
}
