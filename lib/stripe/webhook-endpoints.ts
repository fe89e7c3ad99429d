import type Stripe from "stripe";
import { stripeApiVersion } from "#lib/stripe/api-version";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type EndpointName = "account" | "connect";
export type EndpointSecrets = Record<EndpointName, string>;
type ApiVersion = NonNullable<Stripe.WebhookEndpointCreateParams["api_version"]>;
type EventName = Stripe.WebhookEndpointCreateParams.EnabledEvent;

/**
 * Registers our two webhook endpoints, or brings them up to date. Stripe tells a signing secret
 * once, at creation: the caller keeps what this returns and hands it back the next time. An
 * endpoint whose secret is not kept is replaced by a new one.
 */
export async function ensureWebhookEndpoints(
  stripe: StripeClient,
  appUrl: string,
  eventTypes: readonly string[],
  kept?: EndpointSecrets,
): Promise<EndpointSecrets> {
  const known = await stripe.webhookEndpoints.list({ limit: 100 });
  const ensure = async (name: EndpointName): Promise<string> => {
    const url = `${appUrl}/api/webhooks/stripe/${name}`;
    const events = eventTypes as EventName[];
    const existing = known.data.filter((endpoint) => endpoint.metadata.lockstep === name);
    const [first, ...rest] = existing;
    if (first && kept) {
      await stripe.webhookEndpoints.update(first.id, { url, enabled_events: events });
      for (const { id } of rest) await stripe.webhookEndpoints.del(id);
      return kept[name];
    }
    for (const { id } of existing) await stripe.webhookEndpoints.del(id);
    const created = await stripe.webhookEndpoints.create({
      url,
      enabled_events: events,
      connect: name === "connect",
      api_version: stripeApiVersion as ApiVersion,
      metadata: { lockstep: name },
    });
    if (!created.secret) throw new Error(`Stripe told no signing secret for ${url}`);
    return created.secret;
  };
  return { account: await ensure("account"), connect: await ensure("connect") };
}
