import type Stripe from "stripe";
import { type BankingKinds, bankingKinds } from "#sandbox/store/banking-kinds";
import { type BillingKinds, billingKinds } from "#sandbox/store/billing-kinds";
import type {
  AccountSecrets,
  CardSecrets,
  CheckoutSecrets,
  ItemSecrets,
  KeptEvent,
  KeptThinEvent,
} from "#sandbox/store/kept";
import type { Columns, KindSpec, Nothing } from "#sandbox/store/kind-spec";
import { type MoneyKinds, moneyKinds } from "#sandbox/store/money-kinds";
import type { Stored } from "#sandbox/store/wire";

/** Every kind of object kept, by Stripe's own name for it, with what is hidden beside it. */
interface Kinds extends BankingKinds, BillingKinds, MoneyKinds {
  "billing.meter": [Stripe.Billing.Meter, Nothing];
  "checkout.session": [Stripe.Checkout.Session, CheckoutSecrets];
  "v2.core.account": [Stripe.V2.Core.Account, AccountSecrets];
  "v2.core.account_link": [
    Stripe.V2.Core.AccountLink & { id: string },
    { state: "fresh" | "opened" | "used" },
  ];
  "v2.core.event_destination": [Stripe.V2.Core.EventDestination, { secret: string }];
  "v2.core.event": [KeptThinEvent, Nothing];
  customer: [Stripe.Customer, Nothing];
  event: [KeptEvent, Nothing];
  invoice: [Stripe.Invoice, { secret: string }];
  invoice_payment: [Stripe.InvoicePayment, Nothing];
  invoiceitem: [Stripe.InvoiceItem, Nothing];
  payment_intent: [Stripe.PaymentIntent, { increments?: number }];
  payment_intent_amount_details_line_item: [
    Stripe.PaymentIntentAmountDetailsLineItem,
    { intent: string },
  ];
  payment_method: [Stripe.PaymentMethod, CardSecrets];
  price: [Stripe.Price, Nothing];
  product: [Stripe.Product, Nothing];
  subscription: [Stripe.Subscription, { paymentFailures: number }];
  subscription_item: [Stripe.SubscriptionItem, ItemSecrets];
  webhook_endpoint: [Stripe.WebhookEndpoint, { secret: string; isConnect: boolean }];
}

export type Kind = keyof Kinds;
export type ObjectOf<K extends Kind> = Stored<Kinds[K][0]>;
export type HiddenOf<K extends Kind> = Kinds[K][1];

export type { Columns };

/** One row per kind: its id's prefix, its name in errors, and what its lists can filter on. */
export const kinds: { [K in Kind]: KindSpec<ObjectOf<K>, HiddenOf<K>> } = {
  ...bankingKinds,
  ...billingKinds,
  ...moneyKinds,
  "billing.meter": {
    prefix: "mtr_test",
    noun: "billing meter",
    columns: ({ status, event_name }) => ({ status, key: event_name }),
  },
  "checkout.session": {
    prefix: "cs_test",
    noun: "checkout session",
    columns: ({ id, customer, subscription, status }) => ({
      customer,
      parent: subscription,
      status,
      key: id,
    }),
  },
  "v2.core.account": {
    prefix: "acct",
    noun: "account",
    columns: ({ closed, applied_configurations: applied }) => ({
      status: closed ? "closed" : "open",
      key: applied.join(","),
    }),
  },
  "v2.core.account_link": {
    prefix: "alink",
    noun: "account link",
    columns: ({ id, account }) => ({ key: id, parent: account }),
  },
  "v2.core.event_destination": {
    prefix: "ed_test",
    noun: "event destination",
    columns: ({ status }) => ({ status }),
  },
  "v2.core.event": {
    prefix: "evt_test",
    noun: "event",
    columns: ({ type, related_object }) => ({ key: type, parent: related_object?.id }),
  },
  customer: {
    prefix: "cus",
    noun: "customer",
    columns: ({ customer_account, email }) => ({ parent: customer_account, key: email }),
  },
  event: {
    prefix: "evt",
    noun: "event",
    columns: ({ type, data }) => ({ key: type, parent: (data.object as { id?: string }).id }),
  },
  invoice: {
    prefix: "in",
    noun: "invoice",
    columns: ({ customer, parent, status, hosted_invoice_url }) => ({
      customer,
      parent: parent?.subscription_details?.subscription,
      status,
      key: hosted_invoice_url?.split("/").at(-1),
    }),
  },
  invoice_payment: {
    prefix: "inpay",
    noun: "invoice_payment",
    columns: ({ invoice, status, payment }) => ({
      parent: invoice,
      status,
      key: payment.payment_intent,
    }),
  },
  invoiceitem: {
    prefix: "ii",
    noun: "invoiceitem",
    columns: ({ customer, parent, invoice }) => ({
      customer,
      parent: parent?.subscription_details?.subscription,
      status: invoice === null ? "pending" : "billed",
      key: invoice,
    }),
  },
  payment_intent: {
    prefix: "pi",
    noun: "payment_intent",
    columns: ({ customer, status, client_secret }) => ({ customer, status, key: client_secret }),
  },
  payment_intent_amount_details_line_item: {
    prefix: "uli",
    noun: "line item",
    columns: (_item, { intent }) => ({ parent: intent }),
  },
  payment_method: {
    prefix: "pm",
    noun: "PaymentMethod",
    columns: ({ customer, type }) => ({ customer, status: type }),
  },
  price: {
    prefix: "price",
    noun: "price",
    columns: ({ product, lookup_key, active }) => ({
      parent: product,
      key: lookup_key,
      status: active ? "active" : "inactive",
    }),
  },
  product: {
    prefix: "prod",
    noun: "product",
    columns: ({ active }) => ({ status: active ? "active" : "inactive" }),
  },
  subscription: {
    prefix: "sub",
    noun: "subscription",
    columns: ({ customer, status }) => ({ customer, status }),
  },
  subscription_item: {
    prefix: "si",
    noun: "subscription_item",
    columns: ({ subscription, price }) => ({ parent: subscription, key: price.id }),
  },
  webhook_endpoint: {
    prefix: "we",
    noun: "webhook endpoint",
    columns: ({ status }) => ({ status }),
  },
};
