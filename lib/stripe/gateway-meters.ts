import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** One event of a meter. Stripe counts an identifier once, and remembers it for a day at least. */
export type MeterEvent = {
  identifier: string;
  eventName: string;
  customerId: string;
  value: string;
  at: Date;
};
export type MeterWindow = { meterId: string; customerId: string; from: Date; to: Date };

/** A stream takes no more at once. */
export const mostStreamed = 100;

/** The calls about what meters count. */
export function meterCalls(stripe: StripeClient) {
  return {
    /** What opens the stream of meter events, for a quarter of an hour. */
    openMeterStream(): Promise<{ token: string; expiresAt: Date }> {
      return ask(async () => {
        const session = await stripe.v2.billing.meterEventSession.create();
        const expiresAt = new Date(session.expires_at);
        return { token: session.authentication_token, expiresAt };
      });
    },

    /** Sends up to a hundred. What is wrong with one is told later, by an event. */
    streamMeterEvents(token: string, events: readonly MeterEvent[]): Promise<unknown> {
      const params = { events: events.map(eventParams) };
      return ask(() => stripe.v2.billing.meterEventStream.create(params, { apiKey: token }));
    },

    /** What a meter counted of a customer. Both instants are whole minutes. */
    readMeterCount({ meterId, customerId, from, to }: MeterWindow): Promise<string> {
      return ask(async () => {
        const window = { start_time: secondsOf(from), end_time: secondsOf(to) };
        const params = { customer: customerId, ...window };
        const { data } = await stripe.billing.meters.listEventSummaries(meterId, params);
        // A number on the wire, although it counts money: it is compared, and never billed from.
        return String(data[0]?.aggregated_value ?? 0);
      });
    },

    /** An item on a draft, or on whatever invoice the subscription has next. */
    createUsageItem(item: UsageItem): Promise<{ itemId: string }> {
      return ask(async () => {
        const { id } = await stripe.invoiceItems.create(
          {
            ...{ customer_account: item.accountId, currency: item.currency },
            ...{ amount: item.amount, description: item.description },
            ...(item.invoiceId
              ? { invoice: item.invoiceId }
              : { subscription: item.subscriptionId }),
            period: { start: secondsOf(item.from), end: secondsOf(item.to) },
            metadata: { usage_adjustment_id: item.id },
          },
          { idempotencyKey: `usage-item:${item.id}:${item.invoiceId ?? "next"}` },
        );
        return { itemId: id };
      });
    },
  };
}

export type UsageItem = {
  id: string;
  accountId: string;
  subscriptionId: string;
  /** The draft it belongs on; null puts it on the next invoice. */
  invoiceId: string | null;
  amount: number;
  currency: string;
  description: string;
  from: Date;
  to: Date;
};

function eventParams({ identifier, eventName, customerId, value, at }: MeterEvent) {
  return {
    ...{ identifier, event_name: eventName, timestamp: at.toISOString() },
    payload: { stripe_customer_id: customerId, value },
  };
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
