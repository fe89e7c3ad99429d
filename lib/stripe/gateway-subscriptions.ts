import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { idOf, instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** A subscription as it is at Stripe this moment, in our words. */
export type LiveSubscription = {
  id: string;
  status: string;
  currency: string;
  items: LiveItem[];
  /** The schedule that has hold of it, where one does. */
  scheduleId: string | null;
  cancelAt: Date | null;
  trialEnd: Date | null;
  /** A change that waits until its invoice is paid. */
  pendingUntil: Date | null;
  latestInvoiceId: string | null;
  hasDiscount: boolean;
};
export type LiveItem = {
  itemId: string;
  priceId: string;
  /** Null where usage is counted instead. */
  quantity: number | null;
  interval: string;
  periodStart: Date;
  periodEnd: Date;
};

/** One item as it is to be. Without an id it is new; what is not named stays. */
export type ItemChange = {
  itemId?: string;
  priceId?: string;
  quantity?: number;
  isRemoved?: true;
};

/** Who asks: every try under one key sends the same words and is answered with the same answer. */
export type Keyed = { key: string; subscriptionId: string };

/** A discount there is already, or one from a coupon or a code. */
export type DiscountToGive = { discount: string } | { coupon: string } | { promotion_code: string };
export type ItemsChange = Keyed & {
  items: ItemChange[];
  /** In place of the discounts there are; left out, they stay. */
  discounts?: DiscountToGive[];
  /** As of when time already paid is counted. Null where nothing is prorated. */
  prorationAt: Date | null;
  /**
   * `hold`: until the invoice is paid nothing changes, and Stripe keeps the change for a day.
   * `refuse`: what cannot be paid at once is not done at all. Stripe holds no removal of an item.
   */
  ifUnpaid: "hold" | "refuse";
};
export type Discounting = { coupon: string } | { promotionCode: string } | null;
export type Cancellation = { feedback: string | null; comment: string | null };

/** The calls that change a subscription there is. Each takes a key made from an id of ours. */
export function subscriptionCalls(stripe: StripeClient) {
  return {
    /** As it is now, or null where Stripe has none. */
    readSubscription(id: string): Promise<LiveSubscription | null> {
      return askForOne(async () => liveOf(await stripe.subscriptions.retrieve(id)));
    },

    /** Changes plan, interval and seats in one request, billed at once. */
    changeItems(change: ItemsChange): Promise<LiveSubscription> {
      const { subscriptionId, items, prorationAt, key, ifUnpaid, discounts } = change;
      const params: Stripe.SubscriptionUpdateParams = {
        items: items.map(itemParams),
        ...(discounts && { discounts }),
        ...(prorationAt
          ? { proration_behavior: "always_invoice", proration_date: secondsOf(prorationAt) }
          : { proration_behavior: "none" }),
        payment_behavior: ifUnpaid === "hold" ? "pending_if_incomplete" : "error_if_incomplete",
      };
      return updated(stripe, { key, subscriptionId }, params);
    },

    /** Takes back the invoice of a change that waits for it. One that is settled is left alone. */
    dropInvoice({ invoiceId, key }: { invoiceId: string; key: string }): Promise<void> {
      return ask(async () => {
        const { status } = await stripe.invoices.retrieve(invoiceId);
        if (status !== "open") return;
        await stripe.invoices.voidInvoice(invoiceId, {}, { idempotencyKey: key });
      });
    },

    /** One discount in place of those there are, or none. It counts from the next invoice on. */
    discountSubscription({ discount, ...which }: Keyed & { discount: Discounting }) {
      return updated(stripe, which, { discounts: discount ? [discountParams(discount)] : "" });
    },
  };
}

/** The calls that stop a subscription, for a while or for good, and have it go on. */
export function stoppingCalls(stripe: StripeClient) {
  return {
    /** Ends it when what is paid for ends. */
    cancelAtPeriodEnd({ feedback, comment, ...which }: Keyed & Cancellation) {
      return updated(stripe, which, {
        cancel_at_period_end: true,
        cancellation_details: details({ feedback, comment }),
      });
    },

    /** It goes on after all. */
    keepSubscription: (which: Keyed) => updated(stripe, which, { cancel_at_period_end: false }),

    /** Ends it now. Usage so far is billed; time that was paid for is not given back. */
    cancelNow({ subscriptionId, key, ...why }: Keyed & Cancellation): Promise<LiveSubscription> {
      return ask(async () => {
        const words = { invoice_now: true, prorate: false, cancellation_details: details(why) };
        return liveOf(
          await stripe.subscriptions.cancel(subscriptionId, words, { idempotencyKey: key }),
        );
      });
    },

    /** Stops it now: usage so far is billed and unused time becomes credit, on one invoice. */
    pauseSubscription({ subscriptionId, key }: Keyed): Promise<LiveSubscription> {
      return ask(async () =>
        liveOf(
          await stripe.subscriptions.pause(
            subscriptionId,
            { type: "subscription", ...pausing },
            {
              idempotencyKey: key,
            },
          ),
        ),
      );
    },

    /** Begins a new period now, once its invoice is paid; until then it stays paused. */
    resumeSubscription({ subscriptionId, key }: Keyed): Promise<LiveSubscription> {
      return ask(async () =>
        liveOf(
          await stripe.subscriptions.resume(
            subscriptionId,
            {
              billing_cycle_anchor: { type: "now" },
              payment_behavior: "resume_on_payment_success",
            },
            { idempotencyKey: key },
          ),
        ),
      );
    },
  };
}

/** Time paid for comes back as credit, and what was used is billed, both up to now. */
export const pausing = {
  bill_for: {
    outstanding_usage_through: { type: "now" },
    unused_time_from: { type: "now" },
  },
  invoicing_behavior: "invoice",
} as const;

/** An item as Stripe takes it, for a change and for its preview alike. */
export function itemParams({ itemId, priceId, quantity, isRemoved }: ItemChange) {
  return {
    ...(itemId && { id: itemId }),
    ...(priceId && { price: priceId }),
    ...(quantity !== undefined && { quantity }),
    ...(isRemoved && { deleted: true }),
  };
}

export function discountParams(discount: NonNullable<Discounting>) {
  return "coupon" in discount
    ? { coupon: discount.coupon }
    : { promotion_code: discount.promotionCode };
}

export function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

/** Changes a subscription, and answers how it is then. */
export function updated(
  stripe: StripeClient,
  { subscriptionId, key }: Keyed,
  params: Stripe.SubscriptionUpdateParams,
): Promise<LiveSubscription> {
  return ask(async () =>
    liveOf(await stripe.subscriptions.update(subscriptionId, params, { idempotencyKey: key })),
  );
}

function details({ feedback, comment }: Cancellation) {
  type Feedback = Stripe.SubscriptionUpdateParams.CancellationDetails.Feedback;
  return { ...(feedback && { feedback: feedback as Feedback }), ...(comment && { comment }) };
}

/** A subscription's object, live or mirrored, in our words. */
export function liveOf(subscription: Stripe.Subscription): LiveSubscription {
  const { id, status, currency, items, trial_end: trialEnd, cancel_at: cancelAt } = subscription;
  const { pending_update: pending } = subscription;
  return {
    ...{ id, status, currency },
    items: items.data.map((item) => ({
      itemId: item.id,
      priceId: item.price.id,
      quantity: item.price.recurring?.usage_type === "metered" ? null : (item.quantity ?? 1),
      interval: item.price.recurring?.interval ?? "month",
      periodStart: instantFrom(item.current_period_start),
      periodEnd: instantFrom(item.current_period_end),
    })),
    scheduleId: idOf(subscription.schedule),
    cancelAt: cancelAt === null ? null : instantFrom(cancelAt),
    trialEnd: trialEnd === null ? null : instantFrom(trialEnd),
    pendingUntil: pending ? instantFrom(pending.expires_at) : null,
    latestInvoiceId: idOf(subscription.latest_invoice),
    hasDiscount: subscription.discounts.length > 0,
  };
}

/** A subscription as the mirror keeps it, in our words. */
export function mirroredSubscription(object: unknown): LiveSubscription {
  return liveOf(object as Stripe.Subscription);
}
