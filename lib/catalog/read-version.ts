import type { Feature, PlanComponent, PublicPlan, Tier } from "#lib/catalog/plan";
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
    name: row.plan.name,
    description: row.plan.description,
    features: row.features as Feature[],
    trialDays: row.trialDays,
    versionId: row.id,
    components: row.components.map(toComponent),
  };
}

function toComponent(row: VersionRow["components"][number]): PlanComponent {
  const { kind, key, name, unit } = row;
  const prices = row.prices.flatMap(({ currency, interval, unitMinor, tiers }) =>
    isCurrency(currency)
      ? [{ currency, interval, unitMinor: unitMinor?.toFixed() ?? null, tiers: tiers as Tier[] }]
      : [],
  );
  return { kind, key, name, unit, prices };
}
