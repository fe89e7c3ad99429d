import { at, type Mirror, minor, type Part, text, yes } from "#lib/mirror/mirror";
import type {
  StripeInvoiceLine,
  StripeObjects,
  StripeSubscriptionItem,
} from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

const items: Part<StripeObjects["subscription"], StripeSubscriptionItem> = {
  table: "stripe_subscription_items",
  parent: "subscription_id",
  of: ({ items }) => items.data,
  columns: {
    price_id: text((item) => item.price.id),
    quantity: minor((item) => item.quantity),
    period_start_at: at((item) => item.current_period_start),
    period_end_at: at((item) => item.current_period_end),
  },
};

const lines: Part<StripeObjects["invoice"], StripeInvoiceLine> = {
  table: "stripe_invoice_lines",
  parent: "invoice_id",
  of: ({ lines }) => lines.data,
  columns: {
    subscription_id: text((line) => idOf(line.subscription)),
    price_id: text((line) => idOf(line.pricing?.price_details?.price)),
    description: text((line) => line.description),
    currency: text((line) => line.currency),
    amount_minor: minor((line) => line.amount),
    quantity: minor((line) => line.quantity),
    period_start_at: at((line) => line.period.start),
    period_end_at: at((line) => line.period.end),
  },
};

/** In the order an invoice passes through them; what was given up may still be paid. */
const invoiceStatuses: readonly (string | null)[] = ["draft", "open", "uncollectible", "paid"];

/** The mirrors of what bills: subscriptions and what they make. */
export const billingMirrors = {
  subscription: {
    table: "stripe_subscriptions",
    columns: {
      customer_id: text((subscription) => idOf(subscription.customer)),
      status: text((subscription) => subscription.status),
      currency: text((subscription) => subscription.currency),
      trial_end_at: at((subscription) => subscription.trial_end),
      cancel_at: at((subscription) => subscription.cancel_at),
      ended_at: at((subscription) => subscription.ended_at),
    },
    isFinal: ({ status }) => status === "canceled" || status === "incomplete_expired",
    rank: ({ status }) => (status === "incomplete" ? 0 : 1),
    isWhole: ({ items }) => !items.has_more,
    parts: [items],
  },
  subscription_schedule: {
    table: "stripe_subscription_schedules",
    columns: {
      customer_id: text((schedule) => idOf(schedule.customer)),
      subscription_id: text((schedule) => idOf(schedule.subscription)),
      status: text((schedule) => schedule.status),
    },
    isFinal: ({ status }) => ["canceled", "completed", "released"].includes(status),
    rank: ({ status }) => (status === "not_started" ? 0 : 1),
  },
  invoice: {
    table: "stripe_invoices",
    columns: {
      customer_id: text((invoice) => idOf(invoice.customer)),
      subscription_id: text((invoice) => {
        return idOf(invoice.parent?.subscription_details?.subscription);
      }),
      number: text((invoice) => invoice.number),
      status: text((invoice) => invoice.status),
      currency: text((invoice) => invoice.currency),
      total_minor: minor((invoice) => invoice.total),
      amount_due_minor: minor((invoice) => invoice.amount_due),
      amount_paid_minor: minor((invoice) => invoice.amount_paid),
      due_at: at((invoice) => invoice.due_date),
      paid_at: at((invoice) => invoice.status_transitions.paid_at),
    },
    isFinal: ({ status }) => status === "void",
    // Within a status, each try to collect is later than the one before.
    rank: ({ status, attempt_count: tries }) => invoiceStatuses.indexOf(status) * 1_000 + tries,
    // No event brings the payments, and whether a try has failed is seen by them alone.
    isWhole: ({ lines, status, attempted, payments }) =>
      !lines.has_more && (status !== "open" || !attempted || payments !== undefined),
    silent: ["payments"],
    parts: [lines],
  },
  invoice_payment: {
    table: "stripe_invoice_payments",
    through: { table: "stripe_invoices", column: "invoice_id" },
    columns: {
      invoice_id: text((payment) => idOf(payment.invoice)),
      payment_intent_id: text((payment) => idOf(payment.payment.payment_intent)),
      charge_id: text((payment) => idOf(payment.payment.charge)),
      status: text((payment) => payment.status),
      currency: text((payment) => payment.currency),
      amount_paid_minor: minor((payment) => payment.amount_paid),
    },
    isFinal: ({ status }) => status === "canceled",
  },
  credit_note: {
    table: "stripe_credit_notes",
    columns: {
      customer_id: text((note) => idOf(note.customer)),
      invoice_id: text((note) => idOf(note.invoice)),
      number: text((note) => note.number),
      status: text((note) => note.status),
      currency: text((note) => note.currency),
      total_minor: minor((note) => note.total),
    },
    isFinal: ({ status }) => status === "void",
  },
  "checkout.session": {
    table: "stripe_checkout_sessions",
    columns: {
      customer_id: text((session) => idOf(session.customer)),
      subscription_id: text((session) => idOf(session.subscription)),
      payment_intent_id: text((session) => idOf(session.payment_intent)),
      mode: text((session) => session.mode),
      status: text((session) => session.status),
      payment_status: text((session) => session.payment_status),
      currency: text((session) => session.currency),
      amount_total_minor: minor((session) => session.amount_total),
    },
    isFinal: ({ status }) => status === "expired",
    rank: (session) => {
      return Number(session.status === "complete") + Number(session.payment_status === "paid");
    },
  },
  "entitlements.active_entitlement_summary": {
    table: "stripe_entitlement_summaries",
    columns: {
      customer_id: text((summary) => summary.customer),
      lookup_keys: text((summary) => {
        const keys = summary.entitlements.data.map((entitlement) => entitlement.lookup_key);
        return keys.toSorted().join(" ");
      }),
    },
    unordered: ["entitlements.data"],
    isWhole: ({ entitlements }) => !entitlements.has_more,
  },
} satisfies { [Type in keyof StripeObjects]?: Mirror<StripeObjects[Type]> };

/** The mirrors of who is billed and for what. */
export const catalogMirrors = {
  account: {
    table: "stripe_accounts",
    columns: {
      country: text((account) => account.country),
      email: text((account) => account.email),
      is_charges_enabled: yes((account) => account.charges_enabled),
      is_payouts_enabled: yes((account) => account.payouts_enabled),
      is_details_submitted: yes((account) => account.details_submitted),
      disabled_reason: text((account) => account.requirements?.disabled_reason),
      requirements_due_at: at((account) => account.requirements?.current_deadline),
    },
  },
  "v2.core.account": {
    table: "stripe_v2_accounts",
    columns: {
      dashboard: text((account) => account.dashboard),
      is_closed: yes((account) => account.closed ?? false),
      card_payments: text(({ configuration }) => {
        return configuration?.merchant?.capabilities?.card_payments?.status;
      }),
      transfers: text(({ configuration }) => {
        return configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;
      }),
    },
    isFinal: ({ closed }) => closed ?? false,
  },
  customer: {
    table: "stripe_customers",
    silent: ["currency", "next_invoice_sequence"],
    columns: {
      email: text((customer) => customer.email),
      name: text((customer) => customer.name),
      balance_minor: minor((customer) => customer.balance),
      is_delinquent: yes((customer) => customer.delinquent),
    },
  },
  payment_method: {
    table: "stripe_payment_methods",
    columns: {
      customer_id: text((method) => idOf(method.customer)),
      type: text((method) => method.type),
      brand: text((method) => method.card?.brand),
      last4: text((method) => method.card?.last4 ?? method.us_bank_account?.last4),
    },
  },
  product: {
    table: "stripe_products",
    columns: {
      name: text((product) => product.name),
      is_active: yes((product) => product.active),
    },
  },
  price: {
    table: "stripe_prices",
    columns: {
      product_id: text((price) => idOf(price.product)),
      lookup_key: text((price) => price.lookup_key),
      currency: text((price) => price.currency),
      unit_amount_decimal: text((price) => price.unit_amount_decimal?.toString()),
      interval: text((price) => price.recurring?.interval),
      is_active: yes((price) => price.active),
    },
  },
  "billing.meter": {
    table: "stripe_meters",
    columns: {
      event_name: text((meter) => meter.event_name),
      name: text((meter) => meter.display_name),
      status: text((meter) => meter.status),
    },
  },
} satisfies { [Type in keyof StripeObjects]?: Mirror<StripeObjects[Type]> };
