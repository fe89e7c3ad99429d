import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** An empty draft for a customer, with all that it takes from them. */
export function blankInvoice(
  world: World,
  customer: ObjectOf<"customer">,
  currency: string,
): Invoice {
  const id = world.newId("in");
  return {
    ...blank,
    id,
    auto_advance: true,
    billing_reason: "manual",
    collection_method: "charge_automatically",
    created: world.now(),
    currency,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: (customer.shipping ?? null) as Invoice["customer_shipping"],
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: world
      .list("tax_id", { customer: customer.id, order: "oldest" })
      .map(({ object }) => ({ type: object.type, value: object.value })),
    default_payment_method: null,
    description: null,
    due_date: null,
    footer: customer.invoice_settings.footer,
    custom_fields: customer.invoice_settings.custom_fields,
    lines: listOf(`/v1/invoices/${id}/lines`, []),
    parent: null,
    period_end: world.now(),
    period_start: world.now(),
    starting_balance: customer.balance,
    test_clock: customer.test_clock ?? null,
    ...noAmounts,
  };
}

const noAmounts = {
  amount_due: 0,
  amount_remaining: 0,
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_excluding_tax: 0,
};

const blank = {
  object: "invoice" as const,
  account_country: "US",
  account_name: "Local Stripe",
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  automatic_tax: {
    disabled_reason: null,
    enabled: false,
    liability: null,
    provider: null,
    status: null,
  },
  automatically_finalizes_at: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  effective_at: null,
  ending_balance: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: "self" as const },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  payment_settings: {
    default_mandate: null,
    payment_method_options: null,
    payment_method_types: null,
  },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  status: "draft" as const,
  status_transitions: {
    finalized_at: null,
    marked_uncollectible_at: null,
    paid_at: null,
    voided_at: null,
  },
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
};
