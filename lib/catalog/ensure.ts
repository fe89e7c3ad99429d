import {
  type ComponentRow,
  differencesOf,
  type PriceRow,
  priceAtStripe,
  productOf,
  termFields,
} from "#lib/catalog/at-stripe";
import { findOrMake } from "#lib/catalog/find-or-make";
import type { Feature } from "#lib/catalog/plan";
import type { Difference } from "#lib/catalog/publishing";
import type { VersionRow } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Meter } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { KnownPrice, MeterFormula, NewPrice } from "#lib/stripe/gateway-catalog";

/**
 * Each of these sees to one object at Stripe: looks for it by its name, makes it where there is
 * none, sets right what can be, and says what it found different. Twice in a row is as once.
 */
export type Stage = {
  ctx: Context;
  gateway: StripeGateway;
  version: VersionRow;
  publishingId: string;
};

/** The product of a component, called as it is here. Another version's is left alone and said. */
export async function ensureProduct(
  { gateway, version }: Stage,
  component: ComponentRow,
): Promise<Difference[]> {
  const wanted = productOf(version, component);
  const found = await findOrMake(
    () => gateway.findProduct(wanted.id),
    () => gateway.createProduct(wanted),
  );
  const object = `product ${wanted.id}`;
  const isOthers = found.versionId !== "" && found.versionId !== wanted.versionId;
  const whose = { field: "version", wanted: wanted.versionId, found: found.versionId };
  if (isOthers) return differencesOf(object, [whose], false);

  const { name, unitLabel, isActive } = found;
  const differences = differencesOf(
    object,
    [
      whose,
      field("name", wanted.name, name),
      field("unit", wanted.unitLabel, unitLabel),
      active(isActive),
    ],
    true,
  );
  if (differences.length > 0) await gateway.updateProduct(wanted);
  return differences;
}

/** What adds up is sent as what was added; of the rest we work out a quantity and send it whole. */
function formulaOf({ aggregation }: Meter): MeterFormula {
  return aggregation === "sum" || aggregation === "count" ? "sum" : "last";
}

/** The meter of an event name, active and called as it is here; its formula is fixed. */
export async function ensureMeter(stage: Stage, meter: Meter): Promise<Difference[]> {
  const { gateway } = stage;
  const { key, eventName, name } = meter;
  const formula = formulaOf(meter);
  const found = await findOrMake(
    () => gateway.findMeter(eventName),
    () => gateway.createMeter({ name, eventName, formula }),
  );
  const { meterId } = found;
  const object = `meter ${eventName}`;
  const fixed = differencesOf(object, [field("aggregation", formula, found.formula)], false);
  const words = differencesOf(object, [field("name", name, found.name)], true);
  const status = differencesOf(object, [active(found.isActive)], true);
  if (words.length > 0) await gateway.renameMeter({ meterId, name });
  if (status.length > 0) await gateway.reactivateMeter(meterId);
  if (meter.stripeMeterId !== meterId) {
    await transact(stage.ctx, "catalog.publish-version", (tx) =>
      tx.meter.update({ where: { key }, data: { stripeMeterId: meterId } }),
    );
  }
  return [...fixed, ...words, ...status];
}

/** A price of exactly these terms under its lookup key. One of other terms is said, not touched. */
export async function ensurePrice(
  stage: Stage,
  component: ComponentRow,
  price: PriceRow,
): Promise<Difference[]> {
  const { ctx, gateway, version } = stage;
  const at = {
    productId: productOf(version, component).id,
    meterId: await meterOf(ctx, component),
  };
  const wanted = priceAtStripe(component, price, at);
  const found = await findOrMake(
    async () => (await readKnown(gateway, price)) ?? gateway.findPrice(wanted.lookupKey),
    () => gateway.createPrice(wanted),
  );
  const object = `price ${wanted.lookupKey}`;
  const fixed = differencesOf(object, termFields(wanted, found), false);
  // What is another's price altogether is not called ours.
  if (fixed.length > 0) return fixed;

  const words = differencesOf(object, wordFields(wanted, found), true);
  const { lookupKey, name, priceOfOurs } = wanted;
  if (words.length > 0) {
    await gateway.updatePrice({ priceId: found.priceId, lookupKey, name, priceOfOurs });
  }
  if (price.stripePriceId !== found.priceId) {
    await transact(ctx, "catalog.publish-version", (tx) =>
      tx.price.update({ where: { id: price.id }, data: { stripePriceId: found.priceId } }),
    );
  }
  return words;
}

/** A feature's name is not compared: two plans may word one key differently. */
export async function ensureFeature(stage: Stage, feature: Feature): Promise<Difference[]> {
  const { gateway, version, publishingId } = stage;
  const [first] = version.components;
  invariant(first, "only what costs something is made at Stripe");
  const { key, name } = feature;
  const found = await findOrMake(
    () => gateway.findFeature(key),
    () => gateway.createFeature({ key, name }),
  );
  const differences = differencesOf(`feature ${key}`, [active(found.isActive)], true);
  if (differences.length > 0) await gateway.activateFeature(found.featureId);

  const { id: productId } = productOf(version, first);
  const attached = await gateway.listProductFeatures(productId);
  if (attached.includes(key)) return differences;
  const attachment = `${publishingId}:${key}`;
  await gateway.attachFeature({ key: attachment, productId, featureId: found.featureId });
  const isNew = version.status === "publishing";
  const missing = [field("product", productId, "")];
  return [...differences, ...(isNew ? [] : differencesOf(`feature ${key}`, missing, true))];
}

async function meterOf(ctx: Context, { meterKey: key }: ComponentRow): Promise<string | null> {
  if (key === null) return null;
  const meter = await view(ctx, (tx) => tx.meter.findUniqueOrThrow({ where: { key } }));
  return meter.stripeMeterId;
}

async function readKnown(gateway: StripeGateway, { stripePriceId }: PriceRow) {
  return stripePriceId ? gateway.readPrice(stripePriceId) : null;
}

function wordFields(wanted: NewPrice, found: KnownPrice) {
  return [
    field("lookup key", wanted.lookupKey, found.lookupKey),
    field("name", wanted.name, found.name),
    field("metadata", wanted.priceOfOurs, found.priceOfOurs),
    active(found.isActive),
  ];
}

function field(name: string, wanted: string | null, found: string | null) {
  return { field: name, wanted, found };
}

function active(isActive: boolean) {
  return field("active", "yes", isActive ? "yes" : "no");
}
