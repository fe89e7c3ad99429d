import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { plainDecimal } from "#lib/usage/event";
import type { Aggregation } from "#lib/usage/meter";

export type SeriesStep = "hour" | "day";
/** What was used in one hour or day, from `at` on. */
export type SeriesPoint = { readonly at: Date; readonly quantity: string };

const stepMs = { hour: 3_600_000, day: 86_400_000 };

/** One meter by the hour or day, every step in its place, also those in which nothing was used. */
export async function getSeries(
  ctx: TenantContext,
  wanted: { meterKey: string; aggregation: Aggregation; step: SeriesStep; from: Date; to: Date },
): Promise<SeriesPoint[]> {
  requirePermission(ctx, "usage:read");
  const { meterKey, aggregation, step, from, to } = wanted;
  const size = stepMs[step];
  const first = Math.floor(from.getTime() / size) * size;
  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<{ at: Date; quantity: string }[]>`
      select date_trunc(${step}, b.hour, 'UTC') as at, (case ${aggregation}
        when 'sum' then sum(b.total) when 'count' then sum(b.events) when 'max' then max(b.peak)
        when 'last' then (array_agg(b.latest[3]::numeric order by b.hour desc))[1]
        else sum(b.uniques) end)::text as quantity
      from usage_buckets b where b.tenant_id = ${ctx.tenantId} and b.meter_key = ${meterKey}
        and b.hour >= ${new Date(first)} and b.hour < ${to} and b.events > 0
      group by 1 order by 1`,
  );
  // A value seen in two hours of a day is one of the day; hours alone do not say so.
  const days = aggregation === "unique" && step === "day" ? await uniquesByDay(ctx, wanted) : null;
  const known = days ?? new Map(rows.map(({ at, quantity }) => [at.getTime(), quantity]));
  const points: SeriesPoint[] = [];
  for (let at = first; at < to.getTime(); at += size) {
    points.push({ at: new Date(at), quantity: plainDecimal(known.get(at) ?? "0") });
  }
  return points;
}

async function uniquesByDay(
  ctx: TenantContext,
  { meterKey, from, to }: { meterKey: string; from: Date; to: Date },
): Promise<Map<number, string>> {
  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<{ at: Date; quantity: string }[]>`
      select date_trunc('day', hour, 'UTC') as at, count(distinct value)::text as quantity
      from usage_uniques where tenant_id = ${ctx.tenantId} and meter_key = ${meterKey}
        and hour >= date_trunc('day', ${from}::timestamptz, 'UTC') and hour < ${to}
      group by 1`,
  );
  return new Map(rows.map(({ at, quantity }) => [at.getTime(), quantity]));
}
