import type Stripe from "stripe";
import { askForOne, isOutOfReach } from "#lib/stripe/ask";
import type { StripeObjects, StripeObjectType } from "#lib/stripe/object-types";
import type { StripeClient } from "#lib/stripe/stripe-client";

type Find<T> = (stripe: StripeClient, id: string, on: Stripe.RequestOptions) => Promise<T | null>;
type Deleted = { deleted: true };

/** How each type of object is asked for by its id. */
const finders: { [Type in StripeObjectType]: Find<StripeObjects[Type] | Deleted> } = {
  account: (stripe, id, on) => orGone(stripe.accounts.retrieve(id, {}, on)),
  application_fee: findFee,
  balance_transaction: (stripe, id, on) => stripe.balanceTransactions.retrieve(id, {}, on),
  "billing.meter": (stripe, id, on) => stripe.billing.meters.retrieve(id, {}, on),
  charge: (stripe, id, on) => stripe.charges.retrieve(id, {}, on),
  "checkout.session": (stripe, id, on) => stripe.checkout.sessions.retrieve(id, {}, on),
  credit_note: (stripe, id, on) => stripe.creditNotes.retrieve(id, {}, on),
  customer: (stripe, id, on) => stripe.customers.retrieve(id, {}, on),
  dispute: (stripe, id, on) => stripe.disputes.retrieve(id, {}, on),
  "entitlements.active_entitlement_summary": findEntitlements,
  invoice: findInvoice,
  invoice_payment: (stripe, id, on) => stripe.invoicePayments.retrieve(id, {}, on),
  payment_intent: (stripe, id, on) => stripe.paymentIntents.retrieve(id, {}, on),
  payment_method: (stripe, id, on) => stripe.paymentMethods.retrieve(id, {}, on),
  payout: (stripe, id, on) => stripe.payouts.retrieve(id, {}, on),
  price: (stripe, id, on) => stripe.prices.retrieve(id, {}, on),
  product: (stripe, id, on) => stripe.products.retrieve(id, {}, on),
  "radar.early_fraud_warning": (stripe, id, on) =>
    stripe.radar.earlyFraudWarnings.retrieve(id, {}, on),
  refund: (stripe, id, on) => stripe.refunds.retrieve(id, {}, on),
  subscription: findSubscription,
  subscription_schedule: (stripe, id, on) => stripe.subscriptionSchedules.retrieve(id, {}, on),
  topup: (stripe, id, on) => stripe.topups.retrieve(id, {}, on),
  transfer: findTransfer,
  "v2.core.account": (stripe, id) =>
    orGone(stripe.v2.core.accounts.retrieve(id, { include: accountParts })),
};

/** An account that is out of reach is gone for us, and is kept as it last was. */
async function orGone<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw error;
  }
}

/** What we keep of an account. Who its people are is Stripe's to know, so it is not asked for. */
const accountParts: Stripe.V2.Core.AccountRetrieveParams.Include[] = [
  ...(["configuration.customer", "configuration.merchant", "configuration.recipient"] as const),
  ...(["defaults", "future_requirements", "requirements"] as const),
];

/** The objects we mirror, asked for one at a time; null where Stripe no longer has one. */
export function objectCalls(stripe: StripeClient) {
  return {
    /** Whole, also where Stripe shows only the beginning of a list inside it. */
    findObject<Type extends StripeObjectType>(
      type: Type,
      id: string,
      account: string,
    ): Promise<StripeObjects[Type] | Deleted | null> {
      const on = account ? { stripeAccount: account } : {};
      return findOne(() => finders[type](stripe, id, on));
    },
  };
}

async function findSubscription(stripe: StripeClient, id: string, on: Stripe.RequestOptions) {
  const subscription = await stripe.subscriptions.retrieve(id, {}, on);
  if (!subscription.items.has_more) return subscription;
  const data = [];
  for await (const item of stripe.subscriptionItems.list({ subscription: id, limit: 100 }, on)) {
    data.push(item);
  }
  return { ...subscription, items: { ...subscription.items, data, has_more: false } };
}

/** Whether a try failed or is at a bank is no field of the invoice: its payments alone say it. */
const withTries = ["payments.data.payment.payment_intent"] as const;

async function findInvoice(stripe: StripeClient, id: string, on: Stripe.RequestOptions) {
  const invoice = await stripe.invoices.retrieve(id, { expand: [...withTries] }, on);
  if (!invoice.lines.has_more) return invoice;
  const data = [];
  for await (const line of stripe.invoices.listLineItems(id, { limit: 100 }, on)) data.push(line);
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}

async function findTransfer(stripe: StripeClient, id: string, on: Stripe.RequestOptions) {
  const transfer = await stripe.transfers.retrieve(id, {}, on);
  if (!transfer.reversals.has_more) return transfer;
  const data = [];
  for await (const one of stripe.transfers.listReversals(id, { limit: 100 }, on)) data.push(one);
  return { ...transfer, reversals: { ...transfer.reversals, data, has_more: false } };
}

async function findFee(stripe: StripeClient, id: string, on: Stripe.RequestOptions) {
  const fee = await stripe.applicationFees.retrieve(id, {}, on);
  if (!fee.refunds.has_more) return fee;
  const data = [];
  for await (const one of stripe.applicationFees.listRefunds(id, { limit: 100 }, on)) {
    data.push(one);
  }
  return { ...fee, refunds: { ...fee.refunds, data, has_more: false } };
}

/** Stripe tells of a customer's entitlements as a summary, and answers them one by one. */
async function findEntitlements(
  stripe: StripeClient,
  customer: string,
  on: Stripe.RequestOptions,
): Promise<StripeObjects["entitlements.active_entitlement_summary"]> {
  const data = [];
  let livemode = false;
  const list = stripe.entitlements.activeEntitlements.list({ customer, limit: 100 }, on);
  for await (const entitlement of list) {
    data.push(entitlement);
    livemode = entitlement.livemode;
  }
  const url = `/v1/customer/${customer}/entitlements`;
  return {
    object: "entitlements.active_entitlement_summary",
    ...{ customer, livemode },
    entitlements: { object: "list", data, has_more: false, url },
  };
}

/** As it came over the wire: the SDK's decimals are strings again, as they are inside an event. */
async function findOne<T>(request: () => Promise<T>): Promise<T | null> {
  const object = await askForOne(request);
  return object && (JSON.parse(JSON.stringify(object)) as T);
}
