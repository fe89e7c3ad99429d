import type Stripe from "stripe";
import type { BillingSettings, KeptPendingUpdate } from "#sandbox/store/billing-kept";
import type { MeteredAlert, PortalSecrets, ScheduleSecrets } from "#sandbox/store/kept";
import type { KindSpec, Nothing } from "#sandbox/store/kind-spec";
import type { Stored } from "#sandbox/store/wire";

/** The kinds that make prices, invoices and subscriptions more than a price a month. */
export interface BillingKinds {
  "billing.alert": [Stripe.Billing.Alert, MeteredAlert];
  "billing.credit_balance_transaction": [Stripe.Billing.CreditBalanceTransaction, Nothing];
  "billing.credit_grant": [Stripe.Billing.CreditGrant, Nothing];
  "billing.feedback_option": [Stripe.Billing.FeedbackOption, Nothing];
  "billing_portal.configuration": [Stripe.BillingPortal.Configuration, Nothing];
  "billing_portal.session": [Stripe.BillingPortal.Session, PortalSecrets];
  "entitlements.active_entitlement": [Stripe.Entitlements.ActiveEntitlement, { customer: string }];
  "entitlements.feature": [Stripe.Entitlements.Feature, Nothing];
  "tax.calculation": [Stripe.Tax.Calculation, Nothing];
  "tax.location": [Stripe.Tax.Location, Nothing];
  "tax.registration": [Stripe.Tax.Registration, Nothing];
  "tax.settings": [Stripe.Tax.Settings & { id: string }, Nothing];
  "tax.transaction": [Stripe.Tax.Transaction, Nothing];
  "test_helpers.test_clock": [Stripe.TestHelpers.TestClock, Nothing];
  "v2.billing.meter_event_session": [Stripe.V2.Billing.MeterEventSession, Nothing];
  "local.billing": [BillingSettings, Nothing];
  "local.pending_update": [KeptPendingUpdate, Nothing];
  coupon: [Stripe.Coupon, Nothing];
  credit_note: [Stripe.CreditNote, Nothing];
  customer_balance_transaction: [Stripe.CustomerBalanceTransaction, Nothing];
  discount: [Stripe.Discount, Nothing];
  mandate: [Stripe.Mandate, Nothing];
  payment_method_configuration: [Stripe.PaymentMethodConfiguration, Nothing];
  payment_link: [Stripe.PaymentLink, { session: Record<string, unknown> }];
  product_feature: [Stripe.ProductFeature, { product: string }];
  promotion_code: [Stripe.PromotionCode, Nothing];
  setup_attempt: [Stripe.SetupAttempt, Nothing];
  setup_intent: [Stripe.SetupIntent, Nothing];
  subscription_schedule: [Stripe.SubscriptionSchedule, ScheduleSecrets];
  tax_id: [Stripe.TaxId, Nothing];
  tax_rate: [Stripe.TaxRate, Nothing];
}

const plain = (prefix: string, noun: string) => ({ prefix, noun, columns: () => ({}) });

/** Their rows of the table of kinds. */
export const billingKinds: {
  [K in keyof BillingKinds]: KindSpec<Stored<BillingKinds[K][0]>>;
} = {
  "billing.alert": {
    prefix: "alrt",
    noun: "billing alert",
    columns: ({ status, usage_threshold }) => ({ status, parent: usage_threshold?.meter }),
  },
  "billing.credit_balance_transaction": {
    prefix: "cbtxn",
    noun: "credit balance transaction",
    columns: ({ credit_grant }) => ({ parent: credit_grant }),
  },
  "billing.credit_grant": {
    prefix: "credgr",
    noun: "credit grant",
    columns: ({ customer }) => ({ customer }),
  },
  "billing.feedback_option": {
    prefix: "fdbkopt",
    noun: "feedback option",
    columns: ({ status }) => ({ status }),
  },
  "billing_portal.configuration": {
    prefix: "bpc",
    noun: "billing portal configuration",
    columns: ({ active, is_default }) => ({
      status: active ? "active" : "inactive",
      key: is_default ? "default" : null,
    }),
  },
  "billing_portal.session": {
    prefix: "bps",
    noun: "billing portal session",
    columns: ({ customer, url }) => ({ customer, key: url.split("/").at(-1) }),
  },
  "entitlements.active_entitlement": {
    prefix: "ent_test",
    noun: "active entitlement",
    columns: ({ lookup_key, feature }) => ({ key: lookup_key, parent: feature }),
  },
  "entitlements.feature": {
    prefix: "feat_test",
    noun: "feature",
    columns: ({ lookup_key, active }) => ({
      key: lookup_key,
      status: active ? "active" : "archived",
    }),
  },
  "tax.calculation": plain("taxcalc", "tax calculation"),
  "tax.location": plain("taxloc", "tax location"),
  "tax.registration": {
    prefix: "taxreg",
    noun: "tax registration",
    columns: ({ country }) => ({ key: country }),
  },
  "tax.settings": plain("taxset", "tax settings"),
  "tax.transaction": {
    prefix: "tax",
    noun: "tax transaction",
    columns: ({ reference, reversal }) => ({
      key: reference,
      parent: reversal?.original_transaction,
    }),
  },
  "test_helpers.test_clock": {
    prefix: "clock",
    noun: "test clock",
    columns: ({ status }) => ({ status }),
  },
  "v2.billing.meter_event_session": {
    prefix: "mes_test",
    noun: "meter event session",
    columns: ({ authentication_token }) => ({ key: authentication_token }),
  },
  "local.billing": plain("local", "settings"),
  "local.pending_update": plain("pend", "pending update"),
  coupon: plain("coupon", "coupon"),
  credit_note: {
    prefix: "cn",
    noun: "credit note",
    columns: ({ customer, invoice, status, pdf }) => ({
      customer,
      parent: invoice,
      status,
      key: pdf.split("/").at(-2),
    }),
  },
  customer_balance_transaction: {
    prefix: "cbtxn",
    noun: "customer balance transaction",
    columns: ({ customer, invoice }) => ({ customer, parent: invoice }),
  },
  discount: {
    prefix: "di",
    noun: "discount",
    columns: ({ customer, subscription, source, promotion_code }) => ({
      customer,
      parent: subscription,
      status: source.coupon,
      key: promotion_code,
    }),
  },
  mandate: {
    prefix: "mandate",
    noun: "mandate",
    columns: ({ payment_method, status }) => ({ parent: payment_method, status }),
  },
  payment_method_configuration: {
    prefix: "pmc",
    noun: "payment method configuration",
    columns: ({ active, is_default }) => ({
      status: active ? "active" : "inactive",
      key: is_default ? "default" : null,
    }),
  },
  payment_link: {
    prefix: "plink",
    noun: "payment link",
    columns: ({ active, url }) => ({
      status: active ? "active" : "inactive",
      key: url.split("/").at(-1),
    }),
  },
  product_feature: {
    prefix: "prodft",
    noun: "product feature",
    columns: ({ entitlement_feature }) => ({ key: entitlement_feature.id }),
  },
  promotion_code: {
    prefix: "promo",
    noun: "promotion code",
    columns: ({ code, active, promotion, customer }) => ({
      customer,
      parent: promotion.coupon,
      status: active ? "active" : "inactive",
      key: code.toUpperCase(),
    }),
  },
  setup_attempt: {
    prefix: "setatt",
    noun: "setup attempt",
    columns: ({ customer, setup_intent, status }) => ({ customer, parent: setup_intent, status }),
  },
  setup_intent: {
    prefix: "seti",
    noun: "setupintent",
    columns: ({ customer, status, client_secret, payment_method }) => ({
      customer,
      parent: payment_method,
      status,
      key: client_secret,
    }),
  },
  subscription_schedule: {
    prefix: "sub_sched",
    noun: "subscription schedule",
    columns: ({ customer, subscription, status }) => ({ customer, parent: subscription, status }),
  },
  tax_id: {
    prefix: "txi",
    noun: "tax id",
    columns: ({ customer }) => ({ customer }),
  },
  tax_rate: {
    prefix: "txr",
    noun: "tax rate",
    columns: ({ active, inclusive }) => ({
      status: active ? "active" : "inactive",
      key: inclusive ? "inclusive" : "exclusive",
    }),
  },
};
