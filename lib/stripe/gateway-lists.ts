import type Stripe from "stripe";
import { askForOne } from "#lib/stripe/ask";
import type { StripeObjectType } from "#lib/stripe/object-types";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** Objects as they come over the wire, newest first, and after which one the list goes on. */
export type ObjectPage = { objects: Listed[]; next: string | null };
export type Listed = { id: string; created?: number } & Record<string, unknown>;
/** One customer's objects, or those sent to one account, where Stripe lists them so. */
export type ListFilter = { customer?: string; destination?: string };

type Params = Stripe.PaginationParams & ListFilter;
type List = (
  stripe: StripeClient,
  params: Params,
  on: Stripe.RequestOptions,
) => Promise<{ data: unknown[]; has_more: boolean }>;
type Listing = { filters: readonly (keyof ListFilter)[]; list: List };

const all = (list: List, ...filters: (keyof ListFilter)[]): Listing => ({ filters, list });

/**
 * How each type is listed, and by what a list may be narrowed. Payment methods are listed for a
 * customer alone, and entitlements are not listed as the summaries we mirror.
 */
const listings: { readonly [Type in StripeObjectType]?: Listing } = {
  account: all((stripe, params, on) => stripe.accounts.list(params, on)),
  application_fee: all((stripe, params, on) => stripe.applicationFees.list(params, on)),
  balance_transaction: all((stripe, params, on) => stripe.balanceTransactions.list(params, on)),
  "billing.meter": all((stripe, params, on) => stripe.billing.meters.list(params, on)),
  charge: all((stripe, params, on) => stripe.charges.list(params, on), "customer"),
  "checkout.session": all(
    (stripe, params, on) => stripe.checkout.sessions.list(params, on),
    "customer",
  ),
  credit_note: all((stripe, params, on) => stripe.creditNotes.list(params, on), "customer"),
  customer: all((stripe, params, on) => stripe.customers.list(params, on)),
  dispute: all((stripe, params, on) => stripe.disputes.list(params, on)),
  invoice: all((stripe, params, on) => stripe.invoices.list(params, on), "customer"),
  invoice_payment: all((stripe, params, on) => stripe.invoicePayments.list(params, on)),
  payment_intent: all((stripe, params, on) => stripe.paymentIntents.list(params, on), "customer"),
  payment_method: all(
    (stripe, { customer, ...params }, on) =>
      stripe.customers.listPaymentMethods(customer!, params, on),
    "customer",
  ),
  payout: all((stripe, params, on) => stripe.payouts.list(params, on)),
  price: all((stripe, params, on) => stripe.prices.list(params, on)),
  product: all((stripe, params, on) => stripe.products.list(params, on)),
  "radar.early_fraud_warning": all((stripe, params, on) =>
    stripe.radar.earlyFraudWarnings.list(params, on),
  ),
  refund: all((stripe, params, on) => stripe.refunds.list(params, on)),
  subscription: all(
    (stripe, params, on) => stripe.subscriptions.list({ ...params, status: "all" }, on),
    "customer",
  ),
  subscription_schedule: all(
    (stripe, params, on) => stripe.subscriptionSchedules.list(params, on),
    "customer",
  ),
  topup: all((stripe, params, on) => stripe.topups.list(params, on)),
  transfer: all((stripe, params, on) => stripe.transfers.list(params, on), "destination"),
};

/** True where Stripe lists a type of object as we mirror it. */
export function isListed(type: StripeObjectType): boolean {
  return type in listings;
}

/** True where Stripe lists a type of object narrowed by this. */
export function isListedBy(type: StripeObjectType, filter: keyof ListFilter): boolean {
  return listings[type]?.filters.includes(filter) ?? false;
}

/** The objects we mirror, a page at a time. */
export function listCalls(stripe: StripeClient) {
  return {
    /** A page of an account's objects (empty: the platform's); null where Stripe lists none. */
    async listObjects(
      type: StripeObjectType,
      account: string,
      after: string | null,
      filter: ListFilter = {},
    ): Promise<ObjectPage | null> {
      const listing = listings[type];
      if (!listing) return null;
      const on = account ? { stripeAccount: account } : {};
      const params = { limit: 100, ...filter, ...(after && { starting_after: after }) };
      // Whose objects they are may be gone.
      const page = await askForOne(() => listing.list(stripe, params, on));
      if (!page) return null;
      const objects = JSON.parse(JSON.stringify(page.data)) as Listed[];
      return { objects, next: page.has_more ? (objects.at(-1)?.id ?? null) : null };
    },
  };
}
