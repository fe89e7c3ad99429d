import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** What tenants may do on Stripe's page. Plans are changed with us, where the price is shown. */
const features = {
  customer_update: { enabled: true, allowed_updates: ["address", "email", "name", "tax_id"] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: false },
  subscription_update: { enabled: false },
} as const;
/** A change of the features above is another configuration. */
const mark = { lockstep: "tenants-1" };

export function portalCalls(stripe: StripeClient) {
  return {
    /** The portal as tenants get it; null where it was never set up. */
    findPortal() {
      return ask(async () => {
        const list = stripe.billingPortal.configurations.list({ active: true, limit: 100 });
        for await (const { id, metadata } of list) {
          if (metadata?.lockstep === mark.lockstep) return { configurationId: id };
        }
        return null;
      });
    },

    createPortal() {
      return ask(async () => {
        const { id } = await stripe.billingPortal.configurations.create(
          {
            features:
              features as unknown as Stripe.BillingPortal.ConfigurationCreateParams.Features,
            metadata: mark,
            name: "Tenants",
          },
          { idempotencyKey: `create-portal:${mark.lockstep}` },
        );
        return { configurationId: id };
      });
    },

    /** A link that opens once, soon, for whoever holds it. */
    createPortalSession(open: { accountId: string; configurationId: string; returnUrl: string }) {
      return ask(async () => {
        const session = await stripe.billingPortal.sessions.create({
          customer_account: open.accountId,
          configuration: open.configurationId,
          return_url: open.returnUrl,
        });
        return { url: session.url };
      });
    },
  };
}
