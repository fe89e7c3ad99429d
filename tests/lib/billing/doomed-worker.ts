import { openDb } from "#lib/db/client";
import { effects } from "#lib/dispatch/effects";
import { convergers } from "#lib/dispatch/stripe-objects";
import type { Converger } from "#lib/events/converger";
import { startInbox } from "#lib/events/inbox-worker";
import { createStripeGateway } from "#lib/stripe/gateway";
import { stripeClientFromEnv } from "#lib/stripe/stripe-client";

/** A worker process that stops dead at one step, says so, and waits for its end. */
const step = process.env.DOOMED_AT;
const ctx = {
  db: openDb(process.env.DATABASE_APP_URL!),
  now: () => new Date(),
  actor: { kind: "system", name: "doomed" },
  scope: { kind: "system" },
  origin: {},
  traceId: "trc_doomed",
} as const;

async function stop(): Promise<never> {
  console.log("doomed");
  return new Promise(() => {});
}

function doom(converger: Converger): Converger {
  const { fetch, apply } = converger;
  return {
    ...converger,
    fetch: async (...args) => (step === "fetch" ? stop() : fetch(...args)),
    apply: async (...args) => {
      const found = await apply(...args);
      return step === "apply" ? stop() : found;
    },
  };
}

startInbox(ctx, {
  convergers: (type) => {
    const converger = convergers(type);
    return converger && doom(converger);
  },
  effects: async (...args) => {
    await effects(...args);
    if (step === "effect") await stop();
  },
  gateway: createStripeGateway(stripeClientFromEnv()),
  leaseMs: 1_500,
});
