import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** A subscription with nothing decided yet. Its items are rows of their own. */
export function blankSubscription(
  world: World,
  customer: ObjectOf<"customer">,
  currency: string,
): ObjectOf<"subscription"> {
  return {
    ...blank,
    id: world.newId("sub"),
    billing_cycle_anchor: world.now(),
    created: world.now(),
    currency,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    start_date: world.now(),
    test_clock: customer.test_clock ?? null,
  };
}

const blank = {
  object: "subscription" as const,
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: {
    flexible: { proration_discounts: "included" as const },
    type: "flexible" as const,
  },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: null,
  },
  collection_method: "charge_automatically" as const,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: "self" as const },
  },
  items: listOf<never>("/v1/subscription_items", []),
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: "off" as const,
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  status: "incomplete" as const,
  transfer_data: null,
  trial_end: null,
  trial_settings: {
    end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" as const },
  },
  trial_start: null,
};
