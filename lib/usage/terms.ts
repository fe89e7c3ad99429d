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
  /** When the period before it began, where that was of the same terms. */
  readonly previousFrom: Date | null;
};

type ItemRow = {
  subscriptionId: string;
  priceId: string;
  from: Date;
  to: Date;
  previousFrom: Date | null;
};

/**
 * What a tenant's live subscription says of usage: its prices, its period and its features. A price
 * that took another's place within a period counts from there: up to then Stripe has billed what
 * was used by the price it was used under.
 */
export async function readTerms(tx: Tx, tenantId: string, now: Date): Promise<TenantTerms> {
  const items = await readItems(tx, tenantId);
  const prices = await tx.price.findMany({
    where: { stripePriceId: { in: items.map(({ priceId }) => priceId) } },
    include: { component: { include: { version: { include: { plan: true } } } } },
  });
  const known = items.flatMap((item) => {
    const row = prices.find(({ stripePriceId }) => stripePriceId === item.priceId);
    return row ? [{ item, row }] : [];
  });
  if (known.length === 0) return freeTerms(tx, tenantId, now);
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
    previousFrom: first!.previousFrom,
  };
}

/** The items of the live subscription, each with the time its price has counted for. */
function readItems(tx: Tx, tenantId: string): Promise<ItemRow[]> {
  return tx.$queryRaw<ItemRow[]>`
    select i.subscription_id as "subscriptionId", i.price_id as "priceId",
      begun.at as "from", i.period_end_at as "to",
      coalesce((select max(l.period_start_at) from stripe_invoice_lines l
        where l.tenant_id = ${tenantId} and l.price_id = any(coalesce(alike.ids, array[i.price_id]))
          and l.period_end_at = begun.at),
        case when begun.at = changed.at then i.period_start_at end) as "previousFrom"
    from stripe_subscription_items i join subscriptions s on s.id = i.subscription_id
      cross join lateral (
        select array_agg(p.stripe_price_id) as ids from prices mine
          join components c on c.id = mine.component_id
          join components other on other.meter_key = c.meter_key
          join prices p on p.component_id = other.id
        where mine.stripe_price_id = i.price_id) alike
      cross join lateral (
        select max(l.period_end_at) as until from stripe_invoice_lines l
          join stripe_invoices v on v.account = l.account and v.id = l.invoice_id
        where l.tenant_id = ${tenantId} and l.subscription_id = i.subscription_id
          and l.price_id = any(alike.ids) and l.price_id <> i.price_id
          and l.period_end_at > i.period_start_at and l.period_end_at < i.period_end_at
          and v.status in ('open', 'paid', 'uncollectible')) billed
      -- Where nothing had been used Stripe has no line to say so; the change itself does.
      cross join lateral (
        select max((c.request ->> 'prorationAt')::timestamptz) as at from subscription_changes c
        where c.tenant_id = ${tenantId} and c.subscription_id = i.subscription_id
          and c.status = 'applied'
          and c.request -> 'leaves' @> jsonb_build_array(jsonb_build_object('itemId', i.id))
          and (c.request ->> 'prorationAt')::timestamptz > i.period_start_at
          and (c.request ->> 'prorationAt')::timestamptz < i.period_end_at) changed
      cross join lateral (
        select greatest(billed.until, changed.at, i.period_start_at) as at) begun
    where i.tenant_id = ${tenantId} and i.price_id is not null and i.period_start_at is not null
      and i.period_end_at is not null and s.status in ('trialing', 'active', 'past_due', 'unpaid')`;
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
async function freeTerms(tx: Tx, tenantId: string, now: Date): Promise<TenantTerms> {
  const version = await tx.planVersion.findFirst({
    where: { plan: { key: freePlanKey }, publishedAt: { not: null } },
    orderBy: { number: "desc" },
    include: { plan: true },
  });
  const hasPaid = (await tx.subscription.count({ where: { tenantId } })) > 0;
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return {
    ...{ planName: version?.plan.name ?? null, usage: [] },
    features: (version?.features ?? []) as Feature[],
    period: { from: new Date(Date.UTC(year, month)), to: new Date(Date.UTC(year, month + 1)) },
    previousFrom: hasPaid ? null : new Date(Date.UTC(year, month - 1)),
  };
}
