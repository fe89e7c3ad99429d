import type Stripe from "stripe";
import { stripeApiVersion } from "#lib/stripe/api-version";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type EndpointName = "account" | "connect" | "notifications";
export type EndpointSecrets = Record<EndpointName, string>;
/** What Stripe is asked to tell: with the object inside, or only by its name (API version 2). */
export type EventTypes = { snapshots: readonly string[]; notifications: readonly string[] };
type ApiVersion = NonNullable<Stripe.WebhookEndpointCreateParams["api_version"]>;
type EventName = Stripe.WebhookEndpointCreateParams.EnabledEvent;
type Kept = Partial<EndpointSecrets>;

/**
 * Registers our webhook endpoints, or brings them up to date: the platform's own events, those of
 * connected accounts, and notifications of accounts, which go to the platform's door under a secret
 * of their own. Stripe tells a signing secret once, at creation: the caller keeps what this returns
 * and hands it back the next time. An endpoint whose secret is not kept is replaced by a new one.
 */
export async function ensureWebhookEndpoints(
  stripe: StripeClient,
  appUrl: string,
  types: EventTypes,
  kept: Kept = {},
): Promise<EndpointSecrets> {
  const events = types.snapshots as EventName[];
  const known = await stripe.webhookEndpoints.list({ limit: 100 });
  const ensure = async (name: "account" | "connect"): Promise<string> => {
    const url = urlOf(appUrl, name);
    const [first, ...rest] = known.data.filter(({ metadata }) => metadata.lockstep === name);
    const secret = kept[name];
    if (first && secret) {
      await stripe.webhookEndpoints.update(first.id, { url, enabled_events: events });
      for (const { id } of rest) await stripe.webhookEndpoints.del(id);
      return secret;
    }
    for (const { id } of first ? [first, ...rest] : []) await stripe.webhookEndpoints.del(id);
    const created = await stripe.webhookEndpoints.create({
      ...{ url, enabled_events: events, connect: name === "connect" },
      ...{ api_version: stripeApiVersion as ApiVersion, metadata: { lockstep: name } },
    });
    return secretIn(created.secret, url);
  };
  return {
    account: await ensure("account"),
    connect: await ensure("connect"),
    notifications: await ensureNotifications(stripe, appUrl, types, kept.notifications),
  };
}

async function ensureNotifications(
  stripe: StripeClient,
  appUrl: string,
  { notifications }: EventTypes,
  secret: string | undefined,
): Promise<string> {
  const url = urlOf(appUrl, "account");
  const ours: string[] = [];
  for await (const { id, metadata } of stripe.v2.core.eventDestinations.list()) {
    if (metadata?.lockstep === "notifications") ours.push(id);
  }
  const changing = { enabled_events: [...notifications], webhook_endpoint: { url } };
  const [first, ...rest] = ours;
  if (first && secret) {
    await stripe.v2.core.eventDestinations.update(first, changing);
    for (const id of rest) await stripe.v2.core.eventDestinations.del(id);
    return secret;
  }
  for (const id of ours) await stripe.v2.core.eventDestinations.del(id);
  const created = await stripe.v2.core.eventDestinations.create({
    ...{ ...changing, name: "Lockstep", type: "webhook_endpoint", event_payload: "thin" },
    ...{ metadata: { lockstep: "notifications" }, include: ["webhook_endpoint.signing_secret"] },
  });
  return secretIn(created.webhook_endpoint?.signing_secret, url);
}

function urlOf(appUrl: string, door: "account" | "connect"): string {
  return `${appUrl}/api/webhooks/stripe/${door}`;
}

function secretIn(secret: string | undefined, url: string): string {
  if (!secret) throw new Error(`Stripe told no signing secret for ${url}`);
  return secret;
}
