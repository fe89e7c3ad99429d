import Stripe from "stripe";

/** The version of Stripe's API whose shapes we read; the SDK asks for it with every request. */
export const stripeApiVersion: string = Stripe.API_VERSION;
