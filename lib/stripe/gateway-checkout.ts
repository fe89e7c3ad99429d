import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
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
  /** False where a trial begins without a way to pay; it is asked for when the trial ends. */
  needsCard: boolean;
  /** A code typed with us; without one it can be typed on the page. */
  promotionCodeId: string | null;
  /** Whether Stripe Tax works out what is added; then the page asks where its payer is. */
  isTaxed: boolean;
  /** Which ways to pay the page may offer (pmc_…). Null: Stripe's default configuration. */
  methodConfigurationId: string | null;
  /** Inside a page of ours in place of Stripe's own; it leads back to `successUrl`. */
  isEmbedded: boolean;
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

    /** What lets a browser show the page inside ours; null once it is no longer open. */
    async readCheckoutSecret(sessionId: string): Promise<string | null> {
      const session = await askForOne(() => stripe.checkout.sessions.retrieve(sessionId));
      return session?.status === "open" ? session.client_secret : null;
    },

    /**
     * Closes the page, so that nobody can pay on it. Says how it ended, also if it was before; one
     * that Stripe no longer knows cannot be paid either.
     */
    async expireCheckoutSession(sessionId: string): Promise<"expired" | "complete"> {
      const session = await askForOne(() => stripe.checkout.sessions.retrieve(sessionId));
      if (session?.status !== "open") return endOf(session?.status ?? null);
      return ask(async () => {
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

/**
 * Tax follows from an address, and a business's tax id is of its name: the page asks for both, and
 * both are kept on the customer, whose next invoices need them too.
 * https://docs.stripe.com/tax/checkout
 */
const taxed = {
  automatic_tax: { enabled: true },
  billing_address_collection: "required",
  tax_id_collection: { enabled: true },
  customer_update: { address: "auto", name: "auto" },
} as const;

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
    subscription_data: { metadata, ...trialOf(checkout) },
    ...(checkout.isTaxed && taxed),
    ...(checkout.methodConfigurationId && {
      payment_method_configuration: checkout.methodConfigurationId,
    }),
    ...(!checkout.needsCard && { payment_method_collection: "if_required" }),
    ...(checkout.promotionCodeId
      ? { discounts: [{ promotion_code: checkout.promotionCodeId }] }
      : { allow_promotion_codes: true }),
    ...(checkout.isEmbedded
      ? { ui_mode: "embedded_page", return_url: checkout.successUrl }
      : { success_url: checkout.successUrl, cancel_url: checkout.cancelUrl }),
    expires_at: Math.floor(checkout.expiresAt.getTime() / 1000),
  };
}

/** A trial that ends without a way to pay pauses the plan: nothing is lost, nothing is charged. */
function trialOf({ trialDays, needsCard }: NewCheckoutSession) {
  if (trialDays === 0) return {};
  const settings = { end_behavior: { missing_payment_method: "pause" as const } };
  return { trial_period_days: trialDays, ...(!needsCard && { trial_settings: settings }) };
}
