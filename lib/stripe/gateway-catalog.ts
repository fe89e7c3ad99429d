import Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type NewProduct = { id: string; name: string; versionId: string };
export type NewMeter = { name: string; eventName: string };
export type NewPrice = {
  lookupKey: string;
  productId: string;
  name: string;
  currency: string;
  interval: "month" | "year";
  /** Decimal minor units per unit, or tiers. */
  unitMinor: string | null;
  tiers: { upTo: string | null; unitMinor: string; flatMinor: string }[] | null;
  /** Set where what is priced is metered usage. */
  meterId: string | null;
};
export type KnownPrice = { priceId: string; productId: string };

/**
 * What these make has a name of ours that Stripe keeps unique (product id, event name, lookup key),
 * so it is looked for first and needs no idempotency key; one would replay a failure for a day.
 */
export function catalogCalls(stripe: StripeClient) {
  return {
    /** The product has an id of ours, so a second one cannot come about. */
    findProduct: (id: string) => askForOne(() => stripe.products.retrieve(id)),

    createProduct({ id, name, versionId }: NewProduct) {
      return ask(() => stripe.products.create({ id, name, metadata: { version_id: versionId } }));
    },

    findMeter(eventName: string): Promise<{ meterId: string } | null> {
      return ask(async () => {
        for await (const meter of stripe.billing.meters.list({ status: "active", limit: 100 })) {
          if (meter.event_name === eventName) return { meterId: meter.id };
        }
        return null;
      });
    },

    createMeter({ name, eventName }: NewMeter): Promise<{ meterId: string }> {
      return ask(async () => {
        const { id } = await stripe.billing.meters.create({
          display_name: name,
          event_name: eventName,
          default_aggregation: { formula: "sum" },
          customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
          value_settings: { event_payload_key: "value" },
        });
        return { meterId: id };
      });
    },

    findPrice(lookupKey: string): Promise<KnownPrice | null> {
      return ask(async () => {
        const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], limit: 1 });
        const [price] = data;
        if (!price) return null;
        const productId = typeof price.product === "string" ? price.product : price.product.id;
        return { priceId: price.id, productId };
      });
    },

    createPrice(price: NewPrice): Promise<KnownPrice> {
      return ask(async () => {
        const { id } = await stripe.prices.create(priceParams(price));
        return { priceId: id, productId: price.productId };
      });
    },
  };
}

function priceParams(price: NewPrice): Stripe.PriceCreateParams {
  const { lookupKey, productId, name, currency, interval, unitMinor, tiers, meterId } = price;
  return {
    product: productId,
    nickname: name,
    currency,
    lookup_key: lookupKey,
    recurring: { interval, ...(meterId && { usage_type: "metered", meter: meterId }) },
    ...(tiers
      ? {
          billing_scheme: "tiered",
          tiers_mode: "graduated",
          tiers: tiers.map((tier) => ({
            up_to: tier.upTo === null ? "inf" : Number(tier.upTo),
            unit_amount_decimal: Stripe.Decimal.from(tier.unitMinor),
            ...(tier.flatMinor !== "0" && {
              flat_amount_decimal: Stripe.Decimal.from(tier.flatMinor),
            }),
          })),
        }
      : { billing_scheme: "per_unit", unit_amount_decimal: Stripe.Decimal.from(unitMinor ?? "0") }),
  };
}
