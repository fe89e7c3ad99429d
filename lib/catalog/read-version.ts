import type { ComponentPrice, Feature, PlanComponent, PublicPlan, Tier } from "#lib/catalog/plan";
import type { Prisma } from "#lib/db/generated/client";
import { isCurrency } from "#lib/money/currency";

/** What a version must be read with to become a plan. */
export const wholeVersion = {
  plan: true,
  components: { include: { prices: true }, orderBy: { position: "asc" } },
} as const satisfies Prisma.PlanVersionInclude;

export type VersionRow = Prisma.PlanVersionGetPayload<{ include: typeof wholeVersion }>;

/** The noun of a stored version. */
export function toPlan(row: VersionRow): PublicPlan {
  return {
    key: row.plan.key,
    kind: row.plan.kind,
    name: row.plan.name,
    description: row.plan.description,
    features: row.features as Feature[],
    trialDays: row.trialDays,
    trialNeedsCard: row.trialNeedsCard,
    besidePlans: row.plan.besidePlans,
    mostQuantity: row.plan.mostQuantity,
    versionId: row.id,
    components: row.components.map(toComponent),
  };
}

export function toComponent(row: VersionRow["components"][number]): PlanComponent {
  const { kind, key, name, unit, meterKey } = row;
  const prices = row.prices.flatMap((price) => toPrice(price) ?? []);
  return { kind, key, name, unit, meterKey, included: String(row.included), prices };
}

/** One price as the rater takes it; null where it is in a currency we no longer know. */
export function toPrice(
  row: VersionRow["components"][number]["prices"][number],
): ComponentPrice | null {
  const { currency, interval, model, unitMinor, tiers, packageSize, percent } = row;
  if (!isCurrency(currency)) return null;
  return {
    ...{ currency, interval, model, tiers: tiers as Tier[] | null },
    unitMinor: unitMinor?.toFixed() ?? null,
    packageSize: packageSize?.toString() ?? null,
    percent: percent?.toFixed() ?? null,
    minimumMinor: row.minimumMinor?.toString() ?? null,
    capMinor: row.capMinor?.toString() ?? null,
  };
}
