import type Stripe from "stripe";

/** Stripe's objects as domains see them. Only this folder knows the SDK. */
export type StripeSubscription = Stripe.Subscription;
export type StripeInvoice = Stripe.Invoice;
export type StripeCheckoutSession = Stripe.Checkout.Session;
export type StripeAccount = Stripe.V2.Core.Account;
