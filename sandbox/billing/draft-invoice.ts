import type { Line, Period } from "#sandbox/billing/lines";
import { lineFromPending, pendingItems } from "#sandbox/billing/pending-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** What a subscription's invoice is drafted from. */
export interface DraftInput {
  subscription: ObjectOf<"subscription">;
  customer: ObjectOf<"customer">;
  reason: NonNullable<Invoice["billing_reason"]>;
  lines: Line[];
  period: Period;
  /** Whether prorations that wait for the next invoice go on this one. */
  takesPending: boolean;
}

/** Drafts an invoice for a subscription, with everything that was waiting for one. */
export function draftInvoice(world: World, input: DraftInput): Row<"invoice"> {
  const { subscription, customer, reason, period } = input;
  const id = world.newId("in");
  const pending = input.takesPending ? pendingItems(world, subscription.id) : [];
  const lines = [...pending.map((row) => lineFromPending(world, row, id)), ...input.lines];
  const object: Invoice = {
    ...blank,
    id,
    auto_advance: true,
    billing_reason: reason,
    collection_method: subscription.collection_method,
    created: world.now(),
    currency: subscription.currency,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    default_payment_method: null,
    description: null,
    due_date:
      subscription.collection_method === "send_invoice"
        ? world.now() + (subscription.days_until_due ?? 30) * 86_400
        : null,
    lines: listOf(
      `/v1/invoices/${id}/lines`,
      lines.map((line) => ({ ...line, invoice: id })),
    ),
    parent: {
      quote_details: null,
      subscription_details: {
        metadata: subscription.metadata,
        subscription: subscription.id,
      },
      type: "subscription_details",
    },
    period_end: period.end,
    period_start: period.start,
    starting_balance: customer.balance,
    ...totalsOf(lines),
  };
  const row = world.insert("invoice", object, { secret: world.newId("secret") });
  world.emit("invoice.created", row.object);
  return row;
}

/** The sums every invoice shows, of its lines. */
export function totalsOf(lines: readonly Line[]) {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const due = Math.max(0, total);
  return {
    amount_due: due,
    amount_remaining: due,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}

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
  custom_fields: null,
  customer_shipping: null,
  customer_tax_ids: [],
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  effective_at: null,
  ending_balance: null,
  footer: null,
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
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
};
