import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import type { BrowserKeys } from "#lib/payments/browser-keys";

let local: Promise<void> | undefined;

/** Stripe.js, from Stripe; against the local Stripe its stand-in, which the loader then takes. */
export async function stripeOf({ publishableKey, scriptUrl }: BrowserKeys): Promise<Stripe> {
  if (scriptUrl) {
    local ??= loadScript(scriptUrl);
    await local;
  }
  const stripe = await loadStripe(publishableKey);
  if (!stripe) throw new Error("Stripe.js runs in browsers alone.");
  return stripe;
}

function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => {
      local = undefined;
      reject(new Error("Stripe's script did not load."));
    };
    document.head.append(script);
  });
}
