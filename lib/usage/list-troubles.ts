import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";
import { plainDecimal } from "#lib/usage/event";

/** Our count of a period beside Stripe's. */
export type ComparisonRow = {
  tenantId: string;
  tenantName: string;
  meterKey: string;
  startsAt: Date;
  endsAt: Date;
  sent: string;
  counted: string;
  comparedAt: Date;
  driftedAt: Date | null;
};

/** A meter event that Stripe refused, or of which nobody can say whether it arrived. */
export type StuckFlush = {
  id: string;
  tenantId: string;
  tenantName: string;
  meterKey: string;
  value: string;
  startsAt: Date;
  endsAt: Date;
  state: "refused" | "uncertain";
  error: string;
};

export type ReportRow = {
  id: string;
  meterKey: string | null;
  errorCount: number;
  summary: string;
  codes: string[];
  toldAt: Date;
};

export type UsageTroubles = {
  comparisons: ComparisonRow[];
  drifted: number;
  stuck: StuckFlush[];
  reports: ReportRow[];
  /** Changed hours that Stripe is still to hear of, and since when. */
  unsent: { hours: number; since: Date | null };
};

const shown = 50;

/** How what Stripe was told of usage stands: where counts differ first, then the latest. */
export async function listTroubles(
  ctx: PlatformContext,
  { tenantId }: { tenantId?: string | undefined } = {},
): Promise<UsageTroubles> {
  requirePlatform(ctx, "rater:read");

  const only = tenantId ?? null;
  return view(ctx, async (tx) => {
    const comparisons = await tx.$queryRaw<ComparisonRow[]>`
      select c.tenant_id as "tenantId", t.name as "tenantName", c.meter_key as "meterKey",
        c.starts_at as "startsAt", c.ends_at as "endsAt", c.sent::text as sent,
        c.counted::text as counted, c.compared_at as "comparedAt", c.drifted_at as "driftedAt"
      from usage_comparisons c join tenants t on t.id = c.tenant_id
      where ${only}::text is null or c.tenant_id = ${only}::text
      order by c.drifted_at is null, c.compared_at desc, c.tenant_id, c.meter_key limit ${shown}`;
    const stuck = await tx.$queryRaw<StuckFlush[]>`
      select f.id, f.tenant_id as "tenantId", t.name as "tenantName", f.meter_key as "meterKey",
        f.value::text as value, f.starts_at as "startsAt", f.ends_at as "endsAt",
        case when f.refused_at is null then 'uncertain' else 'refused' end as state, f.error
      from usage_flushes f join tenants t on t.id = f.tenant_id
      where f.error is not null and f.sent_at is null
        and (${only}::text is null or f.tenant_id = ${only}::text)
      order by f.created_at desc, f.id desc limit ${shown}`;
    const where = { driftedAt: { not: null }, ...(tenantId !== undefined && { tenantId }) };
    const drifted = await tx.usageComparison.count({ where });
    const reports = tenantId === undefined ? await readReportRows(tx) : [];
    const [unsent] = await tx.$queryRaw<{ hours: number; since: Date | null }[]>`
      select count(*)::integer as hours, min(b.hour) as since from usage_buckets b
      where b.is_unsent and (${only}::text is null or b.tenant_id = ${only}::text)
        and exists (select from stripe_subscription_items i
          where i.tenant_id = b.tenant_id and i.period_start_at is not null)`;
    return {
      ...{ drifted, reports, unsent: unsent! },
      comparisons: comparisons.map((row) => ({
        ...{ ...row, sent: plainDecimal(row.sent), counted: plainDecimal(row.counted) },
      })),
      stuck: stuck.map((row) => ({ ...row, value: plainDecimal(row.value) })),
    };
  });
}

type Tx = Parameters<Parameters<typeof view>[1]>[0];

async function readReportRows(tx: Tx): Promise<ReportRow[]> {
  const rows = await tx.usageReport.findMany({
    ...{ orderBy: [{ toldAt: "desc" }, { id: "desc" }], take: shown },
  });
  return rows.map(({ id, meterKey, errorCount, summary, toldAt, errors }) => ({
    ...{ id, meterKey, errorCount, summary, toldAt },
    codes: (errors as { code: string }[]).map(({ code }) => code),
  }));
}
