import { type ComponentPrice, type Feature, freePlanKey } from "#lib/catalog/plan";
import { toPrice } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";

/** What a tenant pays for one meter's usage, and over which period. */
export type UsageTerms = {
  readonly subscriptionId: string;
  readonly componentKey: string;
  readonly componentName: string;
  readonly unit: string | null;
  readonly meterKey: string;
  readonly included: string;
  readonly price: ComponentPrice;
  readonly from: Date;
  readonly to: Date;
  /** When the period before this one began; null where there was none. */
  readonly previousFrom: Date | null;
};

export type TenantTerms = {
  readonly planName: string | null;
  readonly usage: readonly UsageTerms[];
  readonly features: readonly Feature[];
  /** The billing period, or the calendar month of a tenant that has none. */
  readonly period: { from: Date; to: Date };
};

type ItemRow = {
  subscriptionId: string;
  priceId: string;
  from: Date;
  to: Date;
  previousFrom: Date | null;
};

/** What a tenant's live subscription says of usage: its prices, its period and its features. */
export async function readTerms(tx: Tx, tenantId: string, now: Date): Promise<TenantTerms> {
  const items = await tx.$queryRaw<ItemRow[]>`
    select i.subscription_id as "subscriptionId", i.price_id as "priceId",
      i.period_start_at as "from", i.period_end_at as "to",
      (select max(l.period_start_at) from stripe_invoice_lines l
        where l.tenant_id = ${tenantId} and l.price_id = i.price_id
          and l.period_end_at = i.period_start_at) as "previousFrom"
    from stripe_subscription_items i join subscriptions s on s.id = i.subscription_id
    where i.tenant_id = ${tenantId} and i.price_id is not null and i.period_start_at is not null
      and i.period_end_at is not null and s.status in ('trialing', 'active', 'past_due', 'unpaid')`;
  const prices = await tx.price.findMany({
    where: { stripePriceId: { in: items.map(({ priceId }) => priceId) } },
    include: { component: { include: { version: { include: { plan: true } } } } },
  });
  const known = items.flatMap((item) => {
    const row = prices.find(({ stripePriceId }) => stripePriceId === item.priceId);
    return row ? [{ item, row }] : [];
  });
  if (known.length === 0) return freeTerms(tx, now);
  const versions = new Map(
    known.map(({ row }) => [row.component.versionId, row.component.version]),
  );
  const base = [...versions.values()].find(({ plan }) => plan.kind === "base");
  const usage = known.flatMap(({ item, row }) => usageTermsOf(item, row) ?? []);
  const [first] = usage.length > 0 ? usage : known.map(({ item }) => item);
  return {
    ...{ planName: base?.plan.name ?? null, usage },
    features: [...versions.values()].flatMap(({ features }) => features as Feature[]),
    period: { from: first!.from, to: first!.to },
  };
}

type PriceRow = Parameters<typeof toPrice>[0] & {
  component: {
    key: string;
    name: string;
    unit: string | null;
    kind: string;
    meterKey: string | null;
    included: bigint;
  };
};

function usageTermsOf(item: ItemRow, row: PriceRow): UsageTerms | null {
  const { key, name, unit, kind, meterKey, included } = row.component;
  const price = toPrice(row);
  if (kind !== "usage" || meterKey === null || !price) return null;
  const { subscriptionId, from, to, previousFrom } = item;
  return {
    ...{ subscriptionId, componentKey: key, componentName: name, unit, meterKey, price },
    ...{ included: String(included), from, to, previousFrom },
  };
}

/** A tenant that pays for nothing is on the free plan, whose limits count by the calendar month. */
async function freeTerms(tx: Tx, now: Date): Promise<TenantTerms> {
  const version = await tx.planVersion.findFirst({
    where: { plan: { key: freePlanKey }, publishedAt: { not: null } },
    orderBy: { number: "desc" },
    include: { plan: true },
  });
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return {
    ...{ planName: version?.plan.name ?? null, usage: [] },
    features: (version?.features ?? []) as Feature[],
    period: { from: new Date(Date.UTC(year, month)), to: new Date(Date.UTC(year, month + 1)) },
  };
}
