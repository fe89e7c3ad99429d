import { env } from "#lib/env";

/** What the browser needs to speak to Stripe by itself. */
export type BrowserKeys = { publishableKey: string; scriptUrl: string | null };

/** The local Stripe has a script of its own; Stripe's is loaded from Stripe. */
export function browserKeys(): BrowserKeys {
  const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_API_BASE: base } = env();
  return { publishableKey, scriptUrl: base ? new URL("/_js/stripe.js", base).href : null };
}
