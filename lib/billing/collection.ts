import type { Tx } from "#lib/db/client";

/** From when on Stripe Tax works out the tax of plans. */
export const taxCollections = ["off", "new", "all"] as const;
export type TaxCollection = (typeof taxCollections)[number];

/** How the platform asks for money. */
export type Collection = {
  tax: TaxCollection;
  /** Ways to pay that were decided on, by Stripe's names; the rest is as Stripe has it. */
  methods: Record<string, boolean>;
  /** The payment method configuration checkouts name; null until it is made. */
  methodConfigurationId: string | null;
};

export const collectionId = "platform";

/** What a platform begins with: no tax, and Stripe's own choice of ways to pay. */
export const usualCollection: Collection = { tax: "off", methods: {}, methodConfigurationId: null };

/** The platform's settings as they are now. */
export async function readCollection(tx: Tx): Promise<Collection> {
  const row = await tx.collectionSettings.findUnique({ where: { id: collectionId } });
  if (!row) return usualCollection;
  const { tax, methods, methodConfigurationId } = row;
  return { tax, methods: methods as Record<string, boolean>, methodConfigurationId };
}

/** What a checkout is opened with from now on. */
export function termsOfCheckout({ tax, methodConfigurationId }: Collection) {
  return { isTaxed: tax !== "off", methodConfigurationId };
}
