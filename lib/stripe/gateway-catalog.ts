import Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { idOf } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type NewProduct = { id: string; name: string; unitLabel: string | null; versionId: string };
export type KnownProduct = NewProduct & { isActive: boolean };

/** What Stripe makes of the events it is sent: all of them added up, or the last one. */
export type MeterFormula = "sum" | "last";
export type NewMeter = { name: string; eventName: string; formula: MeterFormula };
export type KnownMeter = { meterId: string; name: string; formula: string; isActive: boolean };

type StripeTier = { upTo: string | null; unitMinor: string; flatMinor: string };

/** What a price comes to. Once made, Stripe lets nobody change it. */
export type PriceTerms = {
  productId: string;
  currency: string;
  interval: string;
  /** Decimal minor units per unit or package; null where tiers say. */
  unitMinor: string | null;
  tiers: StripeTier[] | null;
  tiersMode: "graduated" | "volume" | null;
  /** Units in a package; a begun one is a whole one. */
  packageSize: string | null;
  /** Set where what is priced is metered usage. */
  meterId: string | null;
};
/** What a price is called; this can be changed. */
export type PriceWords = { lookupKey: string; name: string; priceOfOurs: string };
export type NewPrice = PriceTerms & PriceWords;
export type KnownPrice = PriceTerms & { [Word in keyof PriceWords]: string | null } & {
  priceId: string;
  isActive: boolean;
};

/**
 * What these make has a name of ours that Stripe keeps unique (product id, event name, lookup key),
 * so it is looked for first and needs no idempotency key; one would replay a failure for a day.
 */
export function catalogCalls(stripe: StripeClient) {
  return { ...productCalls(stripe), ...meterCalls(stripe), ...priceCalls(stripe) };
}

function productCalls(stripe: StripeClient) {
  return {
    /** The product has an id of ours, so a second one cannot come about. */
    findProduct: (id: string): Promise<KnownProduct | null> =>
      askForOne(async () => knownProduct(await stripe.products.retrieve(id))),

    createProduct({ id, ...product }: NewProduct): Promise<KnownProduct> {
      return ask(async () =>
        knownProduct(await stripe.products.create({ id, ...productWords(product) })),
      );
    },

    /** Makes it active and what it should be called. */
    updateProduct({ id, ...product }: NewProduct): Promise<KnownProduct> {
      return ask(async () => {
        const { unit_label: label, ...words } = productWords(product);
        const params = { ...words, active: true, unit_label: label ?? "" };
        return knownProduct(await stripe.products.update(id, params));
      });
    },
  };
}

function meterCalls(stripe: StripeClient) {
  return {
    /** The active meter of an event name, or one that is not active any more. */
    findMeter(eventName: string): Promise<KnownMeter | null> {
      return ask(async () => {
        let inactive: KnownMeter | null = null;
        for await (const meter of stripe.billing.meters.list({ limit: 100 })) {
          if (meter.event_name !== eventName) continue;
          const known = knownMeter(meter);
          if (known.isActive) return known;
          inactive ??= known;
        }
        return inactive;
      });
    },

    createMeter({ name, eventName, formula }: NewMeter): Promise<KnownMeter> {
      return ask(async () =>
        knownMeter(
          await stripe.billing.meters.create({
            display_name: name,
            event_name: eventName,
            default_aggregation: { formula },
            customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
            value_settings: { event_payload_key: "value" },
          }),
        ),
      );
    },

    renameMeter({ meterId, name }: { meterId: string; name: string }): Promise<unknown> {
      return ask(() => stripe.billing.meters.update(meterId, { display_name: name }));
    },

    reactivateMeter: (meterId: string): Promise<unknown> =>
      ask(() => stripe.billing.meters.reactivate(meterId)),
  };
}

function priceCalls(stripe: StripeClient) {
  return {
    findPrice(lookupKey: string): Promise<KnownPrice | null> {
      return ask(async () => {
        const lookup = { lookup_keys: [lookupKey], limit: 1, expand: ["data.tiers"] };
        const { data } = await stripe.prices.list(lookup);
        return data[0] ? knownPrice(data[0]) : null;
      });
    },

    readPrice: (priceId: string): Promise<KnownPrice | null> =>
      askForOne(async () =>
        knownPrice(await stripe.prices.retrieve(priceId, { expand: ["tiers"] })),
      ),

    createPrice(price: NewPrice): Promise<KnownPrice> {
      return ask(async () => {
        const params = { ...priceTerms(price), ...priceWords(price), expand: ["tiers"] };
        return knownPrice(await stripe.prices.create(params));
      });
    },

    /** Makes it active and what it should be called; another price that has its key loses it. */
    updatePrice({ priceId, ...words }: PriceWords & { priceId: string }): Promise<unknown> {
      const params = { ...priceWords(words), active: true, transfer_lookup_key: true };
      return ask(() => stripe.prices.update(priceId, params));
    },
  };
}

function productWords({ name, unitLabel, versionId }: Omit<NewProduct, "id">) {
  const metadata = { version_id: versionId };
  return { name, metadata, ...(unitLabel !== null && { unit_label: unitLabel }) };
}

function knownProduct(product: Stripe.Product): KnownProduct {
  const { id, name, unit_label: unitLabel, metadata, active: isActive } = product;
  return { id, name, unitLabel: unitLabel ?? null, versionId: metadata.version_id ?? "", isActive };
}

function knownMeter(meter: Stripe.Billing.Meter): KnownMeter {
  const { id, display_name: name, default_aggregation: aggregation, status } = meter;
  return { meterId: id, name, formula: aggregation.formula, isActive: status === "active" };
}

function priceWords({ lookupKey, name, priceOfOurs }: PriceWords) {
  return { lookup_key: lookupKey, nickname: name, metadata: { price_id: priceOfOurs } };
}

function priceTerms(terms: PriceTerms) {
  const { productId, currency, interval, unitMinor, tiers, tiersMode, packageSize } = terms;
  const recurring = {
    interval: interval as "month" | "year",
    ...(terms.meterId && { usage_type: "metered" as const, meter: terms.meterId }),
  };
  const amounts: Pick<
    Stripe.PriceCreateParams,
    "billing_scheme" | "tiers_mode" | "tiers" | "unit_amount_decimal" | "transform_quantity"
  > = tiers
    ? { billing_scheme: "tiered", tiers_mode: tiersMode ?? "graduated", tiers: tiers.map(tierOf) }
    : {
        billing_scheme: "per_unit",
        unit_amount_decimal: Stripe.Decimal.from(unitMinor ?? "0"),
        ...(packageSize && {
          transform_quantity: { divide_by: Number(packageSize), round: "up" as const },
        }),
      };
  return { product: productId, currency, recurring, ...amounts };
}

function tierOf({ upTo, unitMinor, flatMinor }: StripeTier) {
  return {
    up_to: upTo === null ? ("inf" as const) : Number(upTo),
    unit_amount_decimal: Stripe.Decimal.from(unitMinor),
    ...(flatMinor !== "0" && { flat_amount_decimal: Stripe.Decimal.from(flatMinor) }),
  };
}

function knownPrice(price: Stripe.Price): KnownPrice {
  const { transform_quantity: transform, tiers, tiers_mode: mode } = price;
  return {
    priceId: price.id,
    isActive: price.active,
    lookupKey: price.lookup_key,
    name: price.nickname,
    priceOfOurs: price.metadata.price_id ?? null,
    productId: idOf(price.product) ?? "",
    currency: price.currency,
    interval: price.recurring?.interval ?? "",
    meterId: price.recurring?.meter ?? null,
    unitMinor: tiers ? null : (price.unit_amount_decimal?.toString() ?? null),
    tiers: tiers?.map(knownTier) ?? null,
    tiersMode: tiers ? (mode === "volume" ? "volume" : "graduated") : null,
    packageSize: transform?.round === "up" ? String(transform.divide_by) : null,
  };
}

function knownTier(tier: Stripe.Price.Tier): StripeTier {
  return {
    upTo: tier.up_to === null ? null : String(tier.up_to),
    unitMinor: tier.unit_amount_decimal?.toString() ?? "0",
    flatMinor: tier.flat_amount_decimal?.toString() ?? "0",
  };
}
