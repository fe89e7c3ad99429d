import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { costOf, type UsageCost } from "#lib/usage/cost";
import { type DayCount, type Forecast, forecastOf } from "#lib/usage/forecast";
import type { Gate } from "#lib/usage/gate";
import { knownMeters } from "#lib/usage/known-meters";
import type { UsageMeter } from "#lib/usage/meter";
import { readGates } from "#lib/usage/standing";
import { readTerms, type UsageTerms } from "#lib/usage/terms";
import { type UsageOf, usageOfAll } from "#lib/usage/usage-so-far";

/** How one meter stands in its period. */
export type MeterUsage = {
  readonly meter: UsageMeter;
  readonly name: string;
  readonly unit: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly quantity: string;
  /** Null where the plan has no price for it. */
  readonly terms: UsageTerms | null;
  readonly cost: UsageCost | null;
  readonly forecast: (Forecast & { cost: UsageCost | null }) | null;
  readonly gate: Gate | null;
};
export type UsagePage = {
  readonly planName: string | null;
  readonly meters: readonly MeterUsage[];
};

const dayMs = 86_400_000;

/**
 * What the tenant used in its period, what that costs so far, and what it may come to: every meter
 * its plan has a price for, and every other that counted something.
 */
export async function getUsage(ctx: TenantContext): Promise<UsagePage> {
  requirePermission(ctx, "usage:read");
  return view(ctx, (tx) => readUsage(tx, ctx));
}

/** The same inside a transaction, for whoever may look already. */
export async function readUsage(
  tx: Tx,
  ctx: Pick<TenantContext, "db" | "tenantId" | "now">,
): Promise<UsagePage> {
  const { tenantId } = ctx;
  const now = ctx.now();
  const meters = await knownMeters(ctx.db);
  const terms = await readTerms(tx, tenantId, now);
  const gates = await readGates(tx, tenantId, terms, meters);
  const counting = await tx.$queryRaw<{ key: string }[]>`
    select m.key from meters m where exists (select from usage_buckets b
      where b.tenant_id = ${tenantId} and b.meter_key = m.key and b.hour >= ${terms.period.from})`;
  const keys = new Set([
    ...terms.usage.map(({ meterKey }) => meterKey),
    ...gates.map(({ meterKey }) => meterKey),
    ...counting.map(({ key }) => key),
  ]);
  const wanted = [...keys].flatMap((key): (UsageOf & { meter: UsageMeter })[] => {
    const meter = meters.get(key);
    const { from, to } = terms.usage.find((one) => one.meterKey === key) ?? terms.period;
    return meter ? [{ tenantId, meterKey: key, from, to, meter }] : [];
  });
  const quantities = await usageOfAll(tx, wanted);
  const days = await readDays(tx, tenantId, [...keys], now);
  return {
    planName: terms.planName,
    meters: wanted.map(({ meter, from, to }, index): MeterUsage => {
      const own = terms.usage.find(({ meterKey }) => meterKey === meter.key) ?? null;
      const quantity = quantities[index]!;
      const ofDays = days.get(meter.key) ?? [];
      const forecast = forecastOf(quantity, { from, to, now }, ofDays, meter.aggregation);
      return {
        ...{ meter, from, to, quantity, terms: own, name: own?.componentName ?? meter.name },
        unit: own?.unit ?? meter.unit,
        cost: own && costOf(own, quantity),
        forecast: forecast && { ...forecast, cost: own && costOf(own, forecast.quantity) },
        gate:
          gates.find((one) => one.meterKey === meter.key && one.from <= now && now < one.to) ??
          null,
      };
    }),
  };
}

/** The whole days of the last four weeks since something was first used, empty ones too. */
async function readDays(
  tx: Tx,
  tenantId: string,
  keys: string[],
  now: Date,
): Promise<Map<string, DayCount[]>> {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const since = new Date(today - 28 * dayMs);
  const rows = await tx.$queryRaw<{ key: string; day: Date; quantity: number }[]>`
    select meter_key as key, date_trunc('day', hour, 'UTC') as day, sum(total)::float8 as quantity
    from usage_buckets where tenant_id = ${tenantId} and meter_key = any(${keys})
      and hour >= ${since} and hour < ${new Date(today)}
    group by 1, 2 order by 2`;
  return new Map(
    [...Map.groupBy(rows, ({ key }) => key)].map(([key, ofKey]) => {
      const known = new Map(ofKey.map(({ day, quantity }) => [day.getTime(), quantity]));
      const days: DayCount[] = [];
      for (let at = ofKey[0]!.day.getTime(); at < today; at += dayMs) {
        days.push({ day: new Date(at), quantity: known.get(at) ?? 0 });
      }
      return [key, days];
    }),
  );
}
