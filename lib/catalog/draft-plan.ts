import type {
  ComponentPrice,
  Feature,
  PlanComponent,
  PlanKind,
  PricingModel,
} from "#lib/catalog/plan";
import { featureRows, writeComponents } from "#lib/catalog/write-parts";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { newId } from "#lib/ids";

/** A price in as few words as it takes: the model follows from what is said. */
export type DraftPrice = Pick<ComponentPrice, "currency" | "interval"> & Partial<ComponentPrice>;
export type DraftComponent = Pick<PlanComponent, "kind" | "key" | "name"> & {
  unit?: string;
  included?: string;
  meter?: { key: string; name: string; eventName: string };
  prices: DraftPrice[];
};
export type DraftPlan = {
  key: string;
  kind?: PlanKind;
  besidePlans?: string[];
  mostQuantity?: number;
  name: string;
  description: string;
  position: number;
  features: Feature[];
  trialDays: number;
  trialNeedsCard?: boolean;
  components: DraftComponent[];
};

/** Writes a plan with its first version as a draft. A plan that exists is left as it is. */
export function draftPlan(ctx: Context, draft: DraftPlan): Promise<{ versionId: string } | null> {
  return transact(ctx, "catalog.draft-plan", async (tx) => {
    if (await tx.plan.findUnique({ where: { key: draft.key } })) return null;

    const createdAt = ctx.now();
    const { key, kind = "base", name, description, position, features, trialDays } = draft;
    const planId = newId("plan", createdAt);
    const versionId = newId("planVersion", createdAt);
    const { besidePlans = [], mostQuantity = 1 } = draft;
    await tx.plan.create({
      data: {
        ...{ id: planId, key, kind, name, description, position, createdAt },
        ...{ besidePlans, mostQuantity },
      },
    });
    await tx.planVersion.create({
      data: {
        ...{ id: versionId, planId, number: 1, status: "draft", trialDays, createdAt },
        trialNeedsCard: draft.trialNeedsCard ?? true,
        features: featureRows(features),
      },
    });
    await makeMeters(tx, draft.components);
    const components = draft.components.map(wholeComponent);
    await writeComponents(tx, { plan: key, version: 1, versionId }, components);
    return { versionId };
  });
}

/** The component with everything said that a few words leave open. */
export function wholeComponent({
  unit,
  included,
  meter,
  prices,
  ...named
}: DraftComponent): PlanComponent {
  return {
    ...named,
    unit: unit ?? null,
    meterKey: meter?.key ?? null,
    included: included ?? "0",
    prices: prices.map(wholePrice),
  };
}

function wholePrice(price: DraftPrice): ComponentPrice {
  return {
    ...{ model: modelOf(price), unitMinor: null, tiers: null, packageSize: null, percent: null },
    ...{ minimumMinor: null, capMinor: null },
    ...price,
  };
}

function modelOf({ tiers, packageSize, percent }: DraftPrice): PricingModel {
  if (tiers) return "graduated";
  if (percent) return "percentage";
  return packageSize ? "package" : "per_unit";
}

async function makeMeters(tx: Tx, components: readonly DraftComponent[]): Promise<void> {
  const meters = components.flatMap(({ meter }) => meter ?? []);
  if (meters.length > 0) await tx.meter.createMany({ data: meters, skipDuplicates: true });
}
