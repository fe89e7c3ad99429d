import { stripeEventTypes, stripeNotificationTypes } from "#lib/dispatch/stripe-event-types";
import { createStripeClient, type StripeClient } from "#lib/stripe/stripe-client";
import {
  type Check,
  fault,
  fine,
  hasRealStripe,
  isLive,
  isLocalAddress,
  type Outcome,
  type Setup,
  skipped,
} from "#scripts/doctor/check";
import { answers } from "#scripts/doctor/reach";

const dashboard = "https://dashboard.stripe.com/webhooks";

export const stripeChecks: Check[] = [
  { name: "Stripe's key", run: (setup) => asAccount(setup, checkKey, "aloud") },
  { name: "Webhook endpoints", run: (setup) => asAccount(setup, checkEndpoints, "quietly") },
];

type Ask = (stripe: StripeClient, setup: Setup) => Promise<Outcome[]>;

/** Asks Stripe with the given key. Where it does not answer, the first check says so. */
async function asAccount(
  setup: Setup,
  check: Ask,
  manner: "aloud" | "quietly",
): Promise<Outcome[]> {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: apiBase } = setup.given;
  if (!hasRealStripe(setup) || !secretKey) {
    return manner === "aloud" ? [await describeLocal(setup)] : [];
  }
  try {
    return await check(createStripeClient({ secretKey, apiBase }), setup);
  } catch (error) {
    return manner === "aloud" ? [explain(error)] : [skipped("cannot be asked without the key")];
  }
}

async function describeLocal({ given }: Setup): Promise<Outcome> {
  const url = `http://127.0.0.1:${given.SANDBOX_PORT ?? 12111}`;
  const isUp = await answers(`${url}/_sandbox/health`);
  return fine(isUp ? `local, answers at ${url}` : "local; npm start brings one that needs no key");
}

async function checkKey(stripe: StripeClient): Promise<Outcome[]> {
  const { livemode } = await stripe.balance.retrieve();
  const version = stripe.getApiField("version");
  return [fine(`answers in ${livemode ? "live" : "test"} mode, API version ${version}`)];
}

function explain(error: unknown): Outcome {
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  if (status === 401) {
    return fault(
      "Stripe does not know this key",
      "copy STRIPE_SECRET_KEY again from https://dashboard.stripe.com/apikeys",
    );
  }
  if (status === 403) {
    return fault(
      "this restricted key may not read the balance",
      "give it the permissions that docs/operations.md lists, or use a secret key",
    );
  }
  const mend = "check that this machine reaches https://api.stripe.com, also through its proxy";
  return fault("Stripe does not answer", mend);
}

async function checkEndpoints(stripe: StripeClient, setup: Setup): Promise<Outcome[]> {
  const base = (setup.effective.LOCKSTEP_URL ?? "").replace(/\/$/, "");
  if (isLocalAddress(setup)) return [explainLocal(setup, base)];

  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  const snapshots = (["account", "connect"] as const).map((name) => {
    const url = `${base}/api/webhooks/stripe/${name}`;
    const endpoint = data.find((candidate) => candidate.url === url);
    if (!endpoint) {
      const source = name === "account" ? "your account" : "connected accounts";
      return fault(`${name}: none for ${url}`, `add one at ${dashboard} for events of ${source}`);
    }
    if (endpoint.status !== "enabled") {
      return fault(`${name}: switched off`, `enable it at ${dashboard}`);
    }
    const sent = new Set(endpoint.enabled_events);
    const unsent = stripeEventTypes.filter((type) => !sent.has(type) && !sent.has("*"));
    if (unsent.length === 0) return fine(`${name}: sends all ${stripeEventTypes.length} events`);
    const mend = `add to it at ${dashboard}: ${unsent.join(", ")}`;
    return fault(`${name}: does not send ${unsent.length} of the events`, mend);
  });
  return [...snapshots, await checkNotifications(stripe, `${base}/api/webhooks/stripe/account`)];
}

/** What connected accounts tell of themselves says most of it too, so none is no fault. */
async function checkNotifications(stripe: StripeClient, url: string): Promise<Outcome> {
  const asked = { include: ["webhook_endpoint.url" as const] };
  for await (const found of stripe.v2.core.eventDestinations.list(asked)) {
    if (found.webhook_endpoint?.url !== url || found.event_payload !== "thin") continue;
    if (found.status !== "enabled") {
      return fault("notifications: switched off", `enable ${found.id} at ${dashboard}`);
    }
    const sent = new Set(found.enabled_events);
    const unsent = stripeNotificationTypes.filter((type) => !sent.has(type) && !sent.has("*"));
    if (unsent.length === 0) return fine(`notifications: sends all ${sent.size} of accounts`);
    const mend = `add to it at ${dashboard}: ${unsent.join(", ")}`;
    return fault(`notifications: does not send ${unsent.length} of those of accounts`, mend);
  }
  return skipped(`notifications: none to ${url}; with thin payloads they tell of accounts sooner`);
}

/** With test keys a laptop is enough, as long as somebody forwards. */
function explainLocal(setup: Setup, base: string): Outcome {
  const found = `Stripe cannot reach ${base}`;
  if (isLive(setup)) return fault(found, "set LOCKSTEP_URL to the public https:// address");
  const to = (name: string) => `${base}/api/webhooks/stripe/${name}`;
  const forward = `--forward-to ${to("account")} --forward-connect-to ${to("connect")}`;
  return skipped(`${found}; forward with: npx @stripe/cli listen ${forward}`);
}
