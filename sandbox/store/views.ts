import { totalCount } from "#sandbox/search/search-result";
import { bankingViews } from "#sandbox/store/banking-views";
import { billingViews } from "#sandbox/store/billing-views";
import type { Kind } from "#sandbox/store/kinds";
import { moneyViews } from "#sandbox/store/money-views";
import type { World } from "#sandbox/world/world";

type Json = Record<string, unknown>;

/** What the API shows of an object: which fields name another, and which wait to be asked for. */
export interface View {
  /** Fields that hold an id and become the object when expanded. */
  expands?: Record<string, Kind>;
  /** Fields that name objects of several kinds, told apart by the prefix of the id. */
  expandsByPrefix?: Record<string, Record<string, Kind>>;
  /** Fields absent until expanded, and how to find them. */
  includes?: Record<string, (world: World, id: string, shown: Json) => unknown>;
  /** Shown exactly as kept: a snapshot says what was, whatever is now. */
  isSnapshot?: true;
  /** Fields that are put together from other rows each time. */
  composes?: (world: World, object: Json) => Json;
}

/** Every kind with something to expand, include or compose. Others are shown as they are kept. */
export const views: Record<string, View> = {
  ...bankingViews,
  ...billingViews,
  ...moneyViews,
  "checkout.session": {
    expands: {
      customer: "customer",
      invoice: "invoice",
      payment_intent: "payment_intent",
      setup_intent: "setup_intent",
      subscription: "subscription",
    },
    includes: { line_items: (world, id) => world.find("checkout.session", id)?.object.line_items },
  },
  event: { isSnapshot: true },
  charge: {
    expands: {
      application_fee: "application_fee",
      balance_transaction: "balance_transaction",
      customer: "customer",
      payment_intent: "payment_intent",
      review: "review",
      source_transfer: "transfer",
      transfer: "transfer",
    },
    includes: {
      refunds: (world, id) =>
        listOf(
          `/v1/charges/${id}/refunds`,
          world.list("refund", { parent: id }).map(({ object }) => object),
        ),
    },
  },
  customer: {
    expands: { test_clock: "test_helpers.test_clock" },
    includes: {
      subscriptions: (world, id) =>
        listOf(
          "/v1/subscriptions",
          world
            .list("subscription", { customer: id, statuses: liveStatuses })
            .map(({ object }) => show(world, object)),
        ),
      tax_ids: (world, id) =>
        listOf(
          `/v1/customers/${id}/tax_ids`,
          world.list("tax_id", { customer: id }).map(({ object }) => object),
        ),
      sources: (_world, id) => listOf(`/v1/customers/${id}/sources`, []),
      invoice_credit_balance: () => ({}),
    },
  },
  invoice: {
    expands: {
      customer: "customer",
      default_payment_method: "payment_method",
      discounts: "discount",
      test_clock: "test_helpers.test_clock",
    },
    includes: {
      confirmation_secret: (world, id) => confirmationSecret(world, id),
      payments: (world, id) =>
        listOf(
          "/v1/invoice_payments",
          world.list("invoice_payment", { parent: id }).map(({ object }) => object),
        ),
    },
  },
  "invoice.parent.subscription_details": { expands: { subscription: "subscription" } },
  invoice_payment: { expands: { invoice: "invoice" } },
  "invoice_payment.payment": { expands: { payment_intent: "payment_intent", charge: "charge" } },
  "line_item.pricing.price_details": { expands: { price: "price" } },
  invoiceitem: { expands: { customer: "customer", discounts: "discount", invoice: "invoice" } },
  payment_intent: {
    expands: {
      customer: "customer",
      latest_charge: "charge",
      payment_method: "payment_method",
    },
  },
  "payment_intent.amount_details": {
    includes: {
      line_items: (world, intent) =>
        listOf(
          `/v1/payment_intents/${intent}/amount_details_line_items`,
          world
            .list("payment_intent_amount_details_line_item", { parent: intent, order: "oldest" })
            .map(({ object }) => object),
        ),
    },
  },
  payment_method: { expands: { customer: "customer" } },
  price: {
    expands: { product: "product" },
    includes: {
      tiers: (world, id) => world.find("price", id)?.object.tiers,
      currency_options: (world, id) => world.find("price", id)?.object.currency_options ?? {},
    },
  },
  product: { expands: { default_price: "price" } },
  subscription: {
    expands: {
      customer: "customer",
      default_payment_method: "payment_method",
      discounts: "discount",
      latest_invoice: "invoice",
      pending_setup_intent: "setup_intent",
      schedule: "subscription_schedule",
      test_clock: "test_helpers.test_clock",
    },
    composes: (world, subscription) => ({
      ...subscription,
      items: listOf(
        `/v1/subscription_items?subscription=${subscription.id}`,
        world
          .list("subscription_item", { parent: String(subscription.id), order: "oldest" })
          .map(({ object }) => show(world, object)),
      ),
    }),
  },
  search_result: { includes: { total_count: (_world, _id, result) => totalCount(result) } },
  refund: {
    expands: {
      balance_transaction: "balance_transaction",
      charge: "charge",
      failure_balance_transaction: "balance_transaction",
      payment_intent: "payment_intent",
      transfer_reversal: "transfer_reversal",
    },
  },
  "customer.invoice_settings": { expands: { default_payment_method: "payment_method" } },
};

/** The states of a subscription that has not ended. */
export const liveStatuses = ["active", "trialing", "past_due", "incomplete", "unpaid", "paused"];

/** An object as an answer or an event carries it, before anything is expanded. */
export function show(world: World, object: unknown): Json {
  const kept = object as Json;
  const view = views[String(kept.object)];
  if (view?.isSnapshot) return kept;
  const whole = view?.composes?.(world, kept) ?? kept;
  const hidden = Object.keys(view?.includes ?? {});
  const shown = Object.entries(whole).filter(([name]) => !hidden.includes(name));
  return Object.fromEntries(
    shown.map(([name, value]) => [
      name,
      isObject(value) && "object" in value ? show(world, value) : value,
    ]),
  );
}

/** A Stripe list, all of it on one page. */
export function listOf<T>(url: string, data: T[]) {
  return { object: "list" as const, data, has_more: false, url };
}

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function confirmationSecret(world: World, invoice: string) {
  const payments = world.list("invoice_payment", { parent: invoice });
  const payment = payments.find(({ object }) => object.is_default);
  const id = payment?.object.payment.payment_intent;
  const secret = id === undefined ? null : world.find("payment_intent", id)?.object.client_secret;
  return secret ? { client_secret: secret, type: "payment_intent" } : null;
}
