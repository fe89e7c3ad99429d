import { env } from "#lib/env";

/** What the browser needs to show Stripe's embedded components. */
export type ConnectKeys = { publishableKey: string; scriptUrl: string | null };

/** The local Stripe has a script of its own; Connect.js is loaded from Stripe. */
export function connectKeys(): ConnectKeys {
  const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_API_BASE: base } = env();
  return { publishableKey, scriptUrl: base ? new URL("/_js/connect.js", base).href : null };
}
