import type Stripe from "stripe";

/** Stripe's objects as domains see them. Only this folder knows the SDK. */
export type StripeSubscription = Stripe.Subscription;
export type StripeInvoice = Stripe.Invoice;
export type StripeCheckoutSession = Stripe.Checkout.Session;
export type StripeAccount = Stripe.V2.Core.Account;

/** The id of what is expanded in one place and only named in another. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}

/** Stripe's seconds as an instant. */
export function instantFrom(seconds: number): Date {
  return new Date(seconds * 1000);
}
