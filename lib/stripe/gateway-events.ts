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

    /**
     * The platform's events of v2, which the other list leaves out: what became of its accounts.
     * `after` is the address of the next page, as Stripe gave it.
     */
    listNotifications(since: Date, after: string | null): Promise<EventPage> {
      return ask(async () => {
        const created = { gte: Math.floor(since.getTime() / 1000) };
        const page = after
          ? ((await stripe.rawRequest("GET", after)) as unknown as NotificationPage)
          : await stripe.v2.core.events.list({ limit: 100, created });
        const events = JSON.parse(JSON.stringify(page.data)) as Record<string, unknown>[];
        return { events, next: page.next_page_url ?? null };
      });
    },
  };
}

type NotificationPage = { data: unknown[]; next_page_url?: string | null };
