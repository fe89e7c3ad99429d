import type { DraftContent } from "#lib/catalog/input";
import type { ComponentPrice, PlanComponent } from "#lib/catalog/plan";
import { lookupKeyOf } from "#lib/catalog/plan-version";
import type { Tx } from "#lib/db/client";
import { newId } from "#lib/ids";

type Place = { plan: string; version: number; versionId: string };

/** Writes what a draft is made of, in place of what it was made of before. */
export async function writeComponents(
  tx: Tx,
  place: Place,
  components: readonly PlanComponent[],
): Promise<void> {
  await removeComponents(tx, place.versionId);
  for (const [position, component] of components.entries()) {
    const { kind, key, name, unit, meterKey, included, prices } = component;
    const id = newId("component");
    await tx.component.create({
      data: {
        ...{ id, versionId: place.versionId, kind, key, name, unit, meterKey, position },
        included: BigInt(included),
      },
    });
    await tx.price.createMany({ data: prices.map((price) => rowOf(place, id, key, price)) });
  }
}

/** Takes away all components of a draft with their prices. */
export async function removeComponents(tx: Tx, versionId: string): Promise<void> {
  await tx.price.deleteMany({ where: { component: { versionId } } });
  await tx.component.deleteMany({ where: { versionId } });
}

/** The features as the column holds them. */
export function featureRows(features: DraftContent["features"]) {
  return features.map((feature) => ({ ...feature }));
}

function rowOf(at: Place, componentId: string, component: string, price: ComponentPrice) {
  const { currency, interval, model, unitMinor, tiers, packageSize, percent } = price;
  const { minimumMinor, capMinor } = price;
  const { plan, version } = at;
  return {
    ...{ id: newId("price"), componentId, currency, interval, model, unitMinor, percent },
    ...(tiers && { tiers: tiers.map((tier) => ({ ...tier })) }),
    packageSize: bigOrNull(packageSize),
    minimumMinor: bigOrNull(minimumMinor),
    capMinor: bigOrNull(capMinor),
    lookupKey: lookupKeyOf({ plan, version, component, currency, interval }),
  };
}

function bigOrNull(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
