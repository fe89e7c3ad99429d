import { openDb } from "#lib/db/client";
import { effects } from "#lib/dispatch/effects";
import { convergers } from "#lib/dispatch/stripe-objects";
import { startInbox } from "#lib/events/inbox-worker";
import { createStripeGateway } from "#lib/stripe/gateway";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { counted } from "#tests/lib/events/counted-effects";

/** A worker process as the environment describes it, to be killed from outside. */
const { DATABASE_APP_URL, STRIPE_SECRET_KEY, STRIPE_API_BASE, LEASE_MS } = process.env;
const ctx = {
  db: openDb(DATABASE_APP_URL!, 4),
  now: () => new Date(),
  actor: { kind: "system", name: "doomed" },
  scope: { kind: "system" },
  origin: {},
  traceId: "trc_doomed",
} as const;
const stripe = createStripeClient({ secretKey: STRIPE_SECRET_KEY!, apiBase: STRIPE_API_BASE });
startInbox(ctx, {
  ...{ convergers, effects: counted(effects), gateway: createStripeGateway(stripe) },
  leaseMs: Number(LEASE_MS),
});
