import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** A page of an account's events, newest first, each as it would come over the wire. */
export type EventPage = { events: Record<string, unknown>[]; next: string | null };

export function eventCalls(stripe: StripeClient) {
  return {
    /** Events of an account (empty: the platform) since an instant. Stripe keeps thirty days. */
    listEvents(account: string, since: Date, after: string | null): Promise<EventPage> {
      return ask(async () => {
        const params: Stripe.EventListParams = {
          limit: 100,
          created: { gte: Math.floor(since.getTime() / 1000) },
          ...(after && { starting_after: after }),
        };
        const on = account ? { stripeAccount: account } : {};
        const page = await stripe.events.list(params, on);
        const events = JSON.parse(JSON.stringify(page.data)) as Record<string, unknown>[];
        return { events, next: page.has_more ? (page.data.at(-1)?.id ?? null) : null };
      });
    },
  };
}
