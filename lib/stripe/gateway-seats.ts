import { ask } from "#lib/stripe/ask";
import { invoiceOf, type PreviewedInvoice } from "#lib/stripe/gateway-previews";
import {
  type Keyed,
  type LiveSubscription,
  secondsOf,
  updated,
} from "#lib/stripe/gateway-subscriptions";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** How many of one item there are to be, and how the change is billed. */
export type QuantityChange = {
  subscriptionId: string;
  itemId: string;
  quantity: number;
  proration: "always_invoice" | "create_prorations" | "none";
  /** From when it is paid for; null is now. */
  prorationAt: Date | null;
};

/** The calls about one item's quantity. Stripe takes 200 changes of it an hour. */
export function seatCalls(stripe: StripeClient) {
  return {
    /** A payment that fails leaves the change: the subscription is past due then. */
    changeQuantity({ key, ...change }: QuantityChange & Keyed): Promise<LiveSubscription> {
      const { subscriptionId } = change;
      return updated(stripe, { key, subscriptionId }, paramsOf(change));
    },

    /**
     * The invoice a change of quantity would make: with `always_invoice` the one of now, else the
     * next one with all that waits for it.
     */
    previewQuantity(change: QuantityChange): Promise<PreviewedInvoice> {
      return ask(async () => {
        const invoice = await stripe.invoices.createPreview({
          subscription: change.subscriptionId,
          subscription_details: paramsOf(change),
        });
        return invoiceOf(invoice);
      });
    },

    /** An item for seats of a time that is over, on whatever invoice comes next. */
    createSeatItem(item: SeatItem): Promise<string> {
      return ask(async () => {
        const { id, accountId, subscriptionId, amount, currency, description } = item;
        const made = await stripe.invoiceItems.create(
          {
            ...{ customer_account: accountId, amount, currency, description },
            ...(subscriptionId && { subscription: subscriptionId }),
            period: { start: secondsOf(item.from), end: secondsOf(item.to) },
            metadata: { seat_charge_id: id },
          },
          { idempotencyKey: `seat-item:${id}:${subscriptionId ?? "any"}` },
        );
        return made.id;
      });
    },

    /** The item that was made of a charge, where one was. */
    findSeatItem({ id, accountId }: Pick<SeatItem, "id" | "accountId">): Promise<string | null> {
      return ask(async () => {
        const list = stripe.invoiceItems.list({ customer_account: accountId, limit: 100 });
        for await (const item of list) if (item.metadata?.seat_charge_id === id) return item.id;
        return null;
      });
    },
  };
}

/** Extra seats of a time that is over, as Stripe bills them. */
export type SeatItem = {
  id: string;
  accountId: string;
  /** Null where the plan is over: it goes on the tenant's next invoice, whatever that is of. */
  subscriptionId: string | null;
  amount: number;
  currency: string;
  description: string;
  from: Date;
  to: Date;
};

function paramsOf({ itemId, quantity, proration, prorationAt }: QuantityChange) {
  const from = proration !== "none" && prorationAt;
  return {
    items: [{ id: itemId, quantity }],
    proration_behavior: proration,
    ...(from && { proration_date: secondsOf(from) }),
  };
}
