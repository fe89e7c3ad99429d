import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type KnownFeature = { featureId: string; key: string; isActive: boolean };

/** Entitlements: what products allow. A feature is named by our key, which Stripe keeps unique. */
export function featureCalls(stripe: StripeClient) {
  return {
    findFeature(key: string): Promise<KnownFeature | null> {
      return ask(async () => {
        const { data } = await stripe.entitlements.features.list({ lookup_key: key, limit: 1 });
        const [feature] = data;
        return feature ? { featureId: feature.id, key, isActive: feature.active } : null;
      });
    },

    createFeature({ key, name }: { key: string; name: string }): Promise<KnownFeature> {
      return ask(async () => {
        const feature = await stripe.entitlements.features.create({ lookup_key: key, name });
        return { featureId: feature.id, key, isActive: feature.active };
      });
    },

    activateFeature: (featureId: string): Promise<unknown> =>
      ask(() => stripe.entitlements.features.update(featureId, { active: true })),

    /** The keys of the features a product allows. */
    listProductFeatures(productId: string): Promise<string[]> {
      return ask(async () => {
        const keys: string[] = [];
        const attached = stripe.products.listFeatures(productId, { limit: 100 });
        for await (const { entitlement_feature: feature } of attached)
          keys.push(feature.lookup_key);
        return keys;
      });
    },

    /** The key is of the run that attaches, so that two at once attach once. */
    attachFeature(at: { key: string; productId: string; featureId: string }): Promise<unknown> {
      const params = { entitlement_feature: at.featureId };
      return ask(() =>
        stripe.products.createFeature(at.productId, params, { idempotencyKey: at.key }),
      );
    },
  };
}
