import Stripe from "stripe";
import { Refusal } from "#lib/errors";

/**
 * Stripe answered, and what it answered is its own failure. It replays that answer to the same
 * idempotency key, so whoever holds one must begin anew with another.
 */
export class StripeFailed extends Refusal {}

/** The account that was asked about is disconnected from the platform, or gone. */
export class OutOfReach extends Refusal {}

/**
 * Makes one request. An outage of Stripe becomes a refusal that says to try again, an account that
 * is out of reach one that says so. Whatever else Stripe answers is thrown as it is: a bug of ours.
 */
export async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (isOutOfReach(error)) {
      const message = "Stripe gives us no access to this account: it was disconnected, or is gone.";
      throw new OutOfReach("conflict", message);
    }
    if (!isOutage(error)) throw error;
    const isFailure = error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500;
    const Kind = isFailure ? StripeFailed : Refusal;
    throw new Kind("unavailable", "Stripe does not answer right now. Nothing was charged.", {
      retryAfterSeconds: secondsAskedFor(error) ?? 5,
    });
  }
}

/** As `ask`, with null where Stripe has no such object. */
export async function askForOne<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await ask(request);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code === "resource_missing") {
      return null;
    }
    throw error;
  }
}

/**
 * True where Stripe looked at the request and said no: words it does not take, or other words under
 * a key it knows. Asking the same again is answered the same. A key that is busy (409) is not a no.
 */
export function isStripesNo(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || isOutage(error)) return false;
  const status = error.statusCode ?? 0;
  return status >= 400 && status < 500 && status !== 409;
}

/** True where Stripe's no is about a discount that was asked for: it ended, or is not for them. */
export function isAboutDiscounts(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || !isStripesNo(error)) return false;
  return /discounts|coupon|promotion_code/.test(error.param ?? "");
}

/**
 * True where Stripe gives the platform no access to the account it asked about: its owner took that
 * away, or the account is gone. Stripe tells the two apart to nobody.
 * https://docs.stripe.com/error-codes#account-invalid
 */
export function isOutOfReach(error: unknown): boolean {
  if (error instanceof OutOfReach) return true;
  return error instanceof Stripe.errors.StripeError && error.code === "account_invalid";
}

/** What the bank says where Stripe refused because a payment did not go through; null otherwise. */
export function declineOf(error: unknown): string | null {
  return error instanceof Stripe.errors.StripeCardError ? error.message : null;
}

/** True where another try under the same key is being answered at this moment. */
export function isBusy(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 409;
}

/** No answer, an answer that is Stripe's own failure, or too many questions at once. */
function isOutage(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    (error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500)
  );
}

/** How long Stripe, or the breaker before it, wants to be left alone. */
function secondsAskedFor(error: unknown): number | undefined {
  if (!(error instanceof Stripe.errors.StripeError)) return undefined;
  const asked = Number(error.headers?.["retry-after"]);
  return Number.isFinite(asked) && asked > 0 ? asked : undefined;
}
