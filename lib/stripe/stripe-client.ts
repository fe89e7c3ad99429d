import Stripe from "stripe";
import { env } from "#lib/env";
import { type Breakers, createBreakers } from "#lib/stripe/breakers";
import type { Budget } from "#lib/stripe/budget";
import { type Guards, guardedHttp } from "#lib/stripe/guarded-http";

/** A client of Stripe, or of the local Stripe where `apiBase` says where that is. */
export function createStripeClient(options: {
  secretKey: string;
  apiBase?: string | undefined;
  guards?: Guards;
}) {
  const base = options.apiBase ? new URL(options.apiBase) : undefined;
  return new Stripe(options.secretKey, {
    maxNetworkRetries: 2,
    timeout: 20_000,
    telemetry: false,
    ...(options.guards && { httpClient: guardedHttp(options.guards) }),
    appInfo: { name: "Lockstep" },
    ...(base && {
      host: base.hostname,
      port: base.port || (base.protocol === "https:" ? 443 : 80),
      protocol: base.protocol === "https:" ? "https" : "http",
    }),
  });
}

export type StripeClient = ReturnType<typeof createStripeClient>;

/** How this process's requests to Stripe fare, by account and route. */
export const breakers: Breakers = createBreakers();

/**
 * The client that this process's environment names. With a budget, requests found too many make
 * work that can wait pause; `canWait` is such work's own client, whose requests wait their turn.
 */
export function stripeClientFromEnv(budget?: Budget, canWait = false): StripeClient {
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = env();
  return createStripeClient({
    ...{ secretKey: STRIPE_SECRET_KEY, apiBase: STRIPE_API_BASE },
    guards: { breakers, budget, canWait },
  });
}
