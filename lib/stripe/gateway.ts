import type { Budget } from "#lib/stripe/budget";
import { accountCalls } from "#lib/stripe/gateway-accounts";
import { balanceCalls } from "#lib/stripe/gateway-balances";
import { bankingCalls } from "#lib/stripe/gateway-banking";
import { catalogCalls } from "#lib/stripe/gateway-catalog";
import { checkoutCalls } from "#lib/stripe/gateway-checkout";
import { checkCalls } from "#lib/stripe/gateway-checks";
import { collectionCalls } from "#lib/stripe/gateway-collection";
import { connectCalls } from "#lib/stripe/gateway-connect";
import { couponCalls } from "#lib/stripe/gateway-coupons";
import { customerCalls } from "#lib/stripe/gateway-customers";
import { discountCalls } from "#lib/stripe/gateway-discounts";
import { disputeCalls } from "#lib/stripe/gateway-disputes";
import { eventCalls } from "#lib/stripe/gateway-events";
import { featureCalls } from "#lib/stripe/gateway-features";
import { invoiceCalls } from "#lib/stripe/gateway-invoices";
import { listCalls } from "#lib/stripe/gateway-lists";
import { meterCalls } from "#lib/stripe/gateway-meters";
import { objectCalls } from "#lib/stripe/gateway-objects";
import { payoutCalls } from "#lib/stripe/gateway-payouts";
import { portalCalls } from "#lib/stripe/gateway-portal";
import { previewCalls } from "#lib/stripe/gateway-previews";
import { reportCalls } from "#lib/stripe/gateway-reports";
import { scheduleCalls } from "#lib/stripe/gateway-schedules";
import { seatCalls } from "#lib/stripe/gateway-seats";
import { sellingCalls } from "#lib/stripe/gateway-selling";
import { settledCalls } from "#lib/stripe/gateway-settled";
import { stoppingCalls, subscriptionCalls } from "#lib/stripe/gateway-subscriptions";
import { transferCalls } from "#lib/stripe/gateway-transfers";
import { type StripeClient, stripeClientFromEnv } from "#lib/stripe/stripe-client";

/**
 * The Stripe calls we make, in our words. One method, one request, one idempotency key. With a
 * budget it is the gateway of work that can wait.
 */
export function createStripeGateway(stripe: StripeClient, budget?: Budget) {
  return {
    ...accountCalls(stripe),
    ...checkCalls(stripe),
    ...connectCalls(stripe),
    ...checkoutCalls(stripe),
    ...collectionCalls(stripe),
    ...disputeCalls(stripe),
    ...bankingCalls(stripe),
    ...subscriptionCalls(stripe),
    ...stoppingCalls(stripe),
    ...scheduleCalls(stripe),
    ...previewCalls(stripe),
    ...couponCalls(stripe),
    ...discountCalls(stripe),
    ...seatCalls(stripe),
    ...sellingCalls(stripe),
    ...invoiceCalls(stripe),
    ...customerCalls(stripe),
    ...portalCalls(stripe),
    ...balanceCalls(stripe),
    ...payoutCalls(stripe),
    ...transferCalls(stripe),
    ...catalogCalls(stripe),
    ...featureCalls(stripe),
    ...meterCalls(stripe),
    ...objectCalls(stripe),
    ...eventCalls(stripe),
    ...reportCalls(stripe),
    ...listCalls(stripe),
    ...settledCalls(stripe),
    /** Resolves when a request that can wait may be made, by whoever will make it. */
    waitForTurn: async (account: string): Promise<void> => budget?.waitForTurn(account),
  };
}

export type StripeGateway = ReturnType<typeof createStripeGateway>;

let current: StripeGateway | undefined;

/** This process's gateway, made from the environment on first use. */
export function stripeGateway(): StripeGateway {
  current ??= createStripeGateway(stripeClientFromEnv());
  return current;
}
