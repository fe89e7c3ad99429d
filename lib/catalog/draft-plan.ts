import type { ComponentKind, Feature, Interval, Tier } from "#lib/catalog/plan";
import { lookupKeyOf } from "#lib/catalog/plan-version";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import type { Currency } from "#lib/money/currency";

export type DraftPrice = {
  currency: Currency;
  interval: Interval;
  unitMinor?: string;
  tiers?: Tier[];
};
export type DraftComponent = {
  kind: ComponentKind;
  key: string;
  name: string;
  unit?: string;
  meter?: { key: string; name: string; eventName: string };
  prices: DraftPrice[];
};
export type DraftPlan = {
  key: string;
  name: string;
  description: string;
  position: number;
  features: Feature[];
  trialDays: number;
  components: DraftComponent[];
};

/** Writes a plan with its first version as a draft. A plan that exists is left as it is. */
export function draftPlan(ctx: Context, draft: DraftPlan): Promise<{ versionId: string } | null> {
  return transact(ctx, "catalog.draft-plan", async (tx) => {
    if (await tx.plan.findUnique({ where: { key: draft.key } })) return null;

    const createdAt = ctx.now();
    const { key, name, description, position, features, trialDays, components } = draft;
    const planId = newId("plan", createdAt);
    const versionId = newId("planVersion", createdAt);
    await tx.plan.create({ data: { id: planId, key, name, description, position, createdAt } });
    await tx.planVersion.create({
      data: {
        ...{ id: versionId, planId, number: 1, status: "draft", trialDays, createdAt },
        features: features.map((feature) => ({ ...feature })),
      },
    });
    for (const [place, component] of components.entries()) {
      await addComponent(tx, { plan: key, versionId, place }, component);
    }
    return { versionId };
  });
}

type Place = { plan: string; versionId: string; place: number };

async function addComponent(tx: Tx, at: Place, component: DraftComponent): Promise<void> {
  const { kind, key, name, unit, meter, prices } = component;
  if (meter) await tx.meter.createMany({ data: [meter], skipDuplicates: true });
  const id = newId("component");
  await tx.component.create({
    data: {
      ...{ id, versionId: at.versionId, kind, key, name, position: at.place },
      unit: unit ?? null,
      meterKey: meter?.key ?? null,
    },
  });
  await tx.price.createMany({
    data: prices.map(({ currency, interval, unitMinor, tiers }) => ({
      id: newId("price"),
      componentId: id,
      ...{ currency, interval, unitMinor: unitMinor ?? null },
      model: tiers ? ("graduated" as const) : ("per_unit" as const),
      ...(tiers && { tiers: tiers.map((tier) => ({ ...tier })) }),
      lookupKey: lookupKeyOf({ plan: at.plan, version: 1, component: key, currency, interval }),
    })),
  });
}
