import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type NewCheckoutSession = {
  checkoutId: string;
  tenantId: string;
  versionId: string;
  traceId: string;
  accountId: string;
  /** Usage has no quantity: it is counted as it happens. */
  items: { priceId: string; quantity: number | null }[];
  trialDays: number;
  successUrl: string;
  cancelUrl: string;
  expiresAt: Date;
};

export function checkoutCalls(stripe: StripeClient) {
  return {
    /** Asking twice for one checkout gives the same session, as long as the words are the same. */
    createCheckoutSession(checkout: NewCheckoutSession) {
      return ask(async () => {
        const session = await stripe.checkout.sessions.create(sessionParams(checkout), {
          idempotencyKey: `create-checkout:${checkout.checkoutId}`,
        });
        return { sessionId: session.id, url: session.url };
      });
    },

    /** Closes the page, so that nobody can pay on it. Says how it ended, also if it was before. */
    expireCheckoutSession(sessionId: string): Promise<"expired" | "complete"> {
      return ask(async () => {
        const session = await stripe.checkout.sessions.retrieve(sessionId);
        if (session.status !== "open") return endOf(session.status);
        try {
          await stripe.checkout.sessions.expire(sessionId);
          return "expired";
        } catch (error) {
          // Paid or expired between the two requests: Stripe refuses, and now it says which.
          const { status } = await stripe.checkout.sessions.retrieve(sessionId);
          if (status === "open" || status === null) throw error;
          return endOf(status);
        }
      });
    },
  };
}

function endOf(status: string | null): "expired" | "complete" {
  return status === "complete" ? "complete" : "expired";
}

function sessionParams(checkout: NewCheckoutSession): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    tenant_id: checkout.tenantId,
    checkout_id: checkout.checkoutId,
    version_id: checkout.versionId,
    trace_id: checkout.traceId,
  };
  return {
    mode: "subscription",
    customer_account: checkout.accountId,
    client_reference_id: checkout.checkoutId,
    line_items: checkout.items.map(({ priceId, quantity }) => ({
      price: priceId,
      ...(quantity !== null && { quantity }),
    })),
    metadata,
    subscription_data: {
      metadata,
      ...(checkout.trialDays > 0 && { trial_period_days: checkout.trialDays }),
    },
    success_url: checkout.successUrl,
    cancel_url: checkout.cancelUrl,
    expires_at: Math.floor(checkout.expiresAt.getTime() / 1000),
  };
}
