import type { Tier } from "#lib/catalog/plan";
import { type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

type Component = VersionRow["components"][number];

/**
 * Makes a version at Stripe: product, meter and prices of each component, each looked for by its
 * name before it is made, so that a run cut off anywhere goes on where it was and makes nothing
 * twice. The version is published once Stripe knows all of it.
 */
export async function runPublishing(
  ctx: Context,
  { versionId }: { versionId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  const version = await view(ctx, (tx) =>
    tx.planVersion.findUniqueOrThrow({ where: { id: versionId }, include: wholeVersion }),
  );
  if (version.status === "retired" || version.status === "draft") return;

  for (const component of version.components) {
    const productId = await ensureProduct(gateway, version, component);
    const meterId = component.meterKey
      ? await ensureMeter(ctx, gateway, component.meterKey)
      : undefined;
    for (const price of component.prices) {
      await ensurePrice(ctx, gateway, component, price, { productId, meterId: meterId ?? null });
    }
  }
  await finish(ctx, version);
}

async function finish(ctx: Context, version: VersionRow): Promise<void> {
  const [first] = version.components;
  await transact(ctx, "catalog.publish-version", (tx) =>
    tx.planVersion.updateMany({
      where: { id: version.id, status: "publishing" },
      data: {
        status: "published",
        publishedAt: ctx.now(),
        stripeProductId: first ? productIdOf(version, first) : null,
      },
    }),
  );
}

/** A component is a product of its own, so that each line of an invoice says what it is for. */
function productIdOf({ plan, number }: VersionRow, { key }: Component): string {
  return `lockstep_${plan.key}_${number}_${key}`.replaceAll("-", "_");
}

async function ensureProduct(
  gateway: StripeGateway,
  version: VersionRow,
  component: Component,
): Promise<string> {
  const id = productIdOf(version, component);
  await findOrMake(
    () => gateway.findProduct(id),
    () => gateway.createProduct({ id, name: component.name, versionId: version.id }),
  );
  return id;
}

async function ensureMeter(ctx: Context, gateway: StripeGateway, key: string): Promise<string> {
  const meter = await view(ctx, (tx) => tx.meter.findUniqueOrThrow({ where: { key } }));
  const { eventName, name } = meter;
  const { meterId } = await findOrMake(
    () => gateway.findMeter(eventName),
    () => gateway.createMeter({ name, eventName }),
  );
  if (meter.stripeMeterId !== meterId) {
    await transact(ctx, "catalog.publish-version", (tx) =>
      tx.meter.update({ where: { key }, data: { stripeMeterId: meterId } }),
    );
  }
  return meterId;
}

async function ensurePrice(
  ctx: Context,
  gateway: StripeGateway,
  { name }: Component,
  price: Component["prices"][number],
  at: { productId: string; meterId: string | null },
): Promise<void> {
  const { id, lookupKey, currency, interval, unitMinor, tiers } = price;
  const offer = { unitMinor: unitMinor?.toFixed() ?? null, tiers: tiers as Tier[] | null };
  const { priceId, productId } = await findOrMake(
    () => gateway.findPrice(lookupKey),
    () => gateway.createPrice({ lookupKey, name, currency, interval, ...at, ...offer }),
  );
  invariant(productId === at.productId, `the price ${lookupKey} is another product's at Stripe`);
  if (price.stripePriceId === priceId) return;
  await transact(ctx, "catalog.publish-version", (tx) =>
    tx.price.update({ where: { id }, data: { stripePriceId: priceId } }),
  );
}

/** Looks once more where making fails: another run may have been first. */
async function findOrMake<T>(find: () => Promise<T | null>, make: () => Promise<T>): Promise<T> {
  const known = await find();
  if (known) return known;
  try {
    return await make();
  } catch (error) {
    const made = await find();
    if (made) return made;
    throw error;
  }
}
