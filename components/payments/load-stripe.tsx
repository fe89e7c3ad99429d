import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { loadScript } from "#components/payments/load-script";
import type { BrowserKeys } from "#lib/payments/browser-keys";

/** Stripe.js, from Stripe; against the local Stripe its stand-in, which the loader then takes. */
export async function stripeOf({ publishableKey, scriptUrl }: BrowserKeys): Promise<Stripe> {
  if (scriptUrl) await loadScript(scriptUrl);
  const stripe = await loadStripe(publishableKey);
  if (!stripe) throw new Error("Stripe.js runs in browsers alone.");
  return stripe;
}
