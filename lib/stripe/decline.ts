import Stripe from "stripe";

/** Why a payment was refused: Stripe's code, the bank's reason, and Stripe's sentence. */
export type Decline = { code: string | null; reason: string | null; message: string | null };

/** What Stripe answered where a payment was refused; undefined for every other error. */
export function declineOf(error: unknown): Decline | undefined {
  if (!(error instanceof Stripe.errors.StripeCardError)) return undefined;
  const { code = null, decline_code: reason = null, message } = error;
  return { code, reason, message };
}

/** Stripe's sentence where it looked at a request and said no, for a person who knows Stripe. */
export function noOf(error: unknown): {
  code: string | null;
  message: string;
  param: string | null;
} {
  const isStripes = error instanceof Stripe.errors.StripeError;
  return {
    code: isStripes ? (error.code ?? null) : null,
    message: error instanceof Error ? error.message : String(error),
    param: isStripes ? (error.param ?? null) : null,
  };
}
