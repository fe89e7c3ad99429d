import { z } from "zod";
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

    /** What an event of Stripe's says about meter events it did not count. */
    readMeterReport(eventId: string): Promise<MeterReport> {
      return ask(async () => {
        const event = await stripe.v2.core.events.retrieve(eventId);
        const about = reportShape.parse(event);
        return {
          summary: about.data.developer_message_summary,
          errorCount: about.data.reason.error_count,
          errors: about.data.reason.error_types.map((one) => ({
            ...{ code: one.code, count: one.error_count },
            samples: one.sample_errors.flatMap(({ error_message: message, request }) => {
              return request?.identifier ? [{ identifier: request.identifier, message }] : [];
            }),
          })),
          meterId: about.related_object?.id ?? null,
        };
      });
    },

    deactivateMeter: (meterId: string): Promise<unknown> =>
      ask(() => stripe.billing.meters.deactivate(meterId)),

    /** An item on a draft, or on whatever invoice the subscription has next. */
    createUsageItem(item: UsageItem): Promise<{ itemId: string }> {
      return ask(async () => {
        const { id } = await stripe.invoiceItems.create(
          {
            ...{ customer_account: item.accountId, currency: item.currency },
            ...{ amount: item.amount, description: item.description },
            ...(item.invoiceId
              ? { invoice: item.invoiceId }
              : item.subscriptionId && { subscription: item.subscriptionId }),
            period: { start: secondsOf(item.from), end: secondsOf(item.to) },
            metadata: { usage_adjustment_id: item.id },
          },
          { idempotencyKey: `usage-item:${item.id}:${placeOf(item)}` },
        );
        return { itemId: id };
      });
    },
  };
}

/** Meter events Stripe did not count: how many for each reason, and some of them by name. */
export type MeterReport = {
  summary: string;
  errorCount: number;
  errors: { code: string; count: number; samples: { identifier: string; message: string }[] }[];
  /** Null where no meter has the event's name. */
  meterId: string | null;
};

// The types of both events say the same of `data`, but none says it of an event in general.
const reportShape = z.object({
  related_object: z.object({ id: z.string() }).nullish(),
  data: z.object({
    developer_message_summary: z.string(),
    reason: z.object({
      error_count: z.number().int(),
      error_types: z.array(
        z.object({
          code: z.string(),
          error_count: z.number().int(),
          sample_errors: z.array(
            z.object({
              error_message: z.string(),
              request: z.object({ identifier: z.string().nullish() }).nullish(),
            }),
          ),
        }),
      ),
    }),
  }),
});

export type UsageItem = {
  id: string;
  accountId: string;
  /** Null where it has ended: then the item waits for whatever the account is billed next. */
  subscriptionId: string | null;
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

/** Where an item goes, so that each place is tried under a key of its own. */
function placeOf({ invoiceId, subscriptionId }: UsageItem): string {
  return invoiceId ?? (subscriptionId === null ? "any" : "next");
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
