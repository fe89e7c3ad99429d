import type { Interval, PlanComponent } from "#lib/catalog/plan";
import { offerOf, tiersOf, unitOf } from "#lib/catalog/price-of";
import type { Currency } from "#lib/money/currency";
import type { KnownPrice } from "#lib/rater/known-invoice";
import { createStripeGateway, type StripeGateway } from "#lib/stripe/gateway";
import { createStripeClient, type StripeClient } from "#lib/stripe/stripe-client";
import type { TestPlan } from "#tests/lib/rater/plans";
import type { TestSandbox } from "#tests/support/sandbox";

export type Cycle = { currency: Currency; interval: Interval };
/** A shop of its own on the local Stripe: nobody else's customers, clocks and prices are there. */
export type Shop = {
  stripe: StripeClient;
  gateway: StripeGateway;
  /** What a component of a plan is sold at, put up for sale on first use. */
  priceOf(plan: TestPlan, component: PlanComponent, cycle: Cycle): Promise<string>;
  /** Everything sold here, as our catalogue would know it. */
  sold: ReadonlyMap<string, KnownPrice>;
};

/** Opens a shop behind a key of its own. */
export function openShop({ url }: TestSandbox, name: string): Shop {
  const stripe = createStripeClient({ secretKey: `sk_test_${name}`, apiBase: url });
  const gateway = createStripeGateway(stripe);
  const sold = new Map<string, KnownPrice>();
  const byName = new Map<string, string>();
  const meterOf = async (eventName: string) => {
    const known = await gateway.findMeter(eventName);
    const meter = { name: eventName, eventName, formula: "sum" as const };
    return (known ?? (await gateway.createMeter(meter))).meterId;
  };
  return {
    ...{ stripe, gateway, sold },
    async priceOf({ key }, component, cycle) {
      const lookupKey = `${key}/${component.key}/${cycle.currency}/${cycle.interval}`;
      const known = byName.get(lookupKey);
      if (known) return known;
      const offer = offerOf(component, cycle)!;
      const { included, kind, meterKey } = component;
      const productId = `${key}_${component.key}`;
      const product = { id: productId, name: component.key, unitLabel: null, versionId: key };
      if (!(await gateway.findProduct(productId))) await gateway.createProduct(product);
      const tiers = tiersOf(offer, included);
      const { priceId } = await gateway.createPrice({
        ...{ ...cycle, lookupKey, productId, tiers, name: component.key, priceOfOurs: lookupKey },
        unitMinor: tiers ? null : unitOf(offer),
        tiersMode: tiers && (offer.model === "volume" ? "volume" : "graduated"),
        packageSize: offer.packageSize,
        meterId: meterKey === null ? null : await meterOf(meterKey),
      });
      byName.set(lookupKey, priceId);
      sold.set(priceId, { offer, included, kind });
      return priceId;
    },
  };
}
