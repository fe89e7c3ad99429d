import { join } from "node:path";
import { wantedEvents } from "#lib/dispatch/stripe-event-types";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { ensureWebhookEndpoints } from "#lib/stripe/webhook-endpoints";
import type { Children } from "#scripts/children";
import { type LocalState, writeState } from "#scripts/local-state";
import { ownedDatabase } from "#scripts/owned-database";
import { freePort } from "#scripts/ports";
import { startPostgres } from "#scripts/postgres";

type Say = (line: string) => void;

/** A port from a variable or its default; where it is taken, the next free one, and says so. */
export async function choosePort(variable: string, fallback: number, say: Say): Promise<number> {
  const wanted = Number(process.env[variable] || fallback);
  const port = await freePort(wanted);
  if (port !== wanted) say(`Port ${wanted} is taken; using ${port}. ${variable} chooses another.`);
  return port;
}

/** PostgreSQL from the npm package with a database of ours; resolves with its owner's address. */
export async function startLocalDatabase(
  folder: string,
  secret: string,
  options: { isDurable: boolean; say: Say },
): Promise<{ ownerUrl: string; stop(): void }> {
  const server = await startPostgres(join(folder, "postgres"), secret, {
    durable: options.isDurable,
    say: options.say,
  });
  return { ownerUrl: await ownedDatabase(server.url, "lockstep", secret), stop: server.stop };
}

/**
 * The local Stripe as a process of its own, with our webhook endpoints registered at it. Resolves
 * with the variables that make the app talk to it. Signing secrets are told once, so they are kept.
 */
export async function startLocalStripe(
  folder: string,
  state: LocalState,
  appUrl: string,
  tools: { children: Children; say: Say },
): Promise<{ variables: Record<string, string>; stop(): Promise<void> }> {
  const port = await choosePort("SANDBOX_PORT", 12111, tools.say);
  const { child, ready } = tools.children.start({
    name: "stripe",
    args: ["sandbox/main.ts", "--port", String(port), "--data", join(folder, "stripe")],
    env: { PATH: process.env.PATH, TZ: "UTC", NODE_ENV: "production" },
    isReady: (line) => line.includes("ready at"),
  });
  await ready;

  const variables = {
    STRIPE_API_BASE: `http://127.0.0.1:${port}`,
    STRIPE_SECRET_KEY: "sk_test_lockstep",
    STRIPE_PUBLISHABLE_KEY: "pk_test_lockstep",
  };
  const stripe = createStripeClient({
    secretKey: variables.STRIPE_SECRET_KEY,
    apiBase: variables.STRIPE_API_BASE,
  });
  const secrets = await ensureWebhookEndpoints(stripe, appUrl, wantedEvents, state.webhooks);
  writeState(folder, { ...state, webhooks: secrets });
  return {
    variables: {
      ...variables,
      STRIPE_WEBHOOK_SECRET_ACCOUNT: `${secrets.account},${secrets.notifications}`,
      STRIPE_WEBHOOK_SECRET_CONNECT: secrets.connect,
    },
    stop: child.stop,
  };
}
