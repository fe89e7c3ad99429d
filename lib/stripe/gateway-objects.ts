import { askForOne } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** The objects we mirror, asked for one at a time; null where Stripe no longer has one. */
export function objectCalls(stripe: StripeClient) {
  return {
    findSubscription: (id: string) => findOne(() => stripe.subscriptions.retrieve(id)),
    findInvoice: (id: string) =>
      findOne(() => stripe.invoices.retrieve(id, { expand: ["payments"] })),
    findCheckoutSession: (id: string) => findOne(() => stripe.checkout.sessions.retrieve(id)),
  };
}

/** As it came over the wire: the SDK's decimals are strings again, as they are inside an event. */
async function findOne<T>(request: () => Promise<T>): Promise<T | null> {
  const object = await askForOne(request);
  return object && (JSON.parse(JSON.stringify(object)) as T);
}
