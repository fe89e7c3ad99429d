import { accountCalls } from "#lib/stripe/gateway-accounts";
import { catalogCalls } from "#lib/stripe/gateway-catalog";
import { checkoutCalls } from "#lib/stripe/gateway-checkout";
import { eventCalls } from "#lib/stripe/gateway-events";
import { objectCalls } from "#lib/stripe/gateway-objects";
import { type StripeClient, stripeClientFromEnv } from "#lib/stripe/stripe-client";

/** The Stripe calls we make, in our words. One method, one request, one idempotency key. */
export function createStripeGateway(stripe: StripeClient) {
  return {
    ...accountCalls(stripe),
    ...checkoutCalls(stripe),
    ...catalogCalls(stripe),
    ...objectCalls(stripe),
    ...eventCalls(stripe),
  };
}

export type StripeGateway = ReturnType<typeof createStripeGateway>;

let current: StripeGateway | undefined;

/** This process's gateway, made from the environment on first use. */
export function stripeGateway(): StripeGateway {
  current ??= createStripeGateway(stripeClientFromEnv());
  return current;
}
