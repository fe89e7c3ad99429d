import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { plainDecimal } from "#lib/usage/event";
import { type Aggregation, isAdditive } from "#lib/usage/meter";
import { readTerms } from "#lib/usage/terms";
import { type UsageOf, usageOfAll } from "#lib/usage/usage-so-far";

type Hour = { tenantId: string; meterKey: string; aggregation: Aggregation; hour: Date };
type Flush = UsageOf & { value: string; stampedAt: Date };

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Stripe takes nothing older; a minute is for the way there. */
const oldestMs = 35 * 24 * hourMs - minuteMs;
const hoursAtOnce = 1_000;

/**
 * Weighs hours that changed against what Stripe was sent of them, and writes down what is lacking:
 * one row for each meter event to come, in the transaction that says these hours are weighed. So a
 * change is sent once, whatever dies in between. Answers how many hours were looked at.
 */
export function collectFlushes(ctx: Context): Promise<number> {
  return transact(ctx, "usage.collect-flushes", async (tx) => {
    const hours = await takeHours(tx, ctx.now());
    const flushes: Flush[] = [];
    for (const [tenantId, ofTenant] of Map.groupBy(hours, (hour) => hour.tenantId)) {
      const cuts = await readCuts(tx, tenantId);
      const additive = ofTenant.filter(({ aggregation }) => isAdditive(aggregation));
      flushes.push(...(await lackingParts(tx, additive, cuts, ctx.now())));
      const whole = ofTenant.filter(({ aggregation }) => !isAdditive(aggregation));
      flushes.push(...(await changedPeriods(tx, ctx, tenantId, whole)));
    }
    await tx.usageFlush.createMany({
      data: flushes.map(({ from: startsAt, to: endsAt, ...rest }) => ({
        ...{ ...rest, startsAt, endsAt, id: newId("usageFlush", ctx.now()), createdAt: ctx.now() },
      })),
    });
    return hours.length;
  });
}

/** Hours of tenants who subscribe; those of others wait, in case they do in time. */
function takeHours(tx: Tx, now: Date): Promise<Hour[]> {
  return tx.$queryRaw<Hour[]>`
    with taken as (
      select b.tenant_id, b.meter_key, b.hour from usage_buckets b
      where b.is_unsent and b.hour > ${new Date(now.getTime() - oldestMs - hourMs)}
        and exists (select from tenants t
          where t.id = b.tenant_id and t.stripe_customer_id is not null)
        and exists (select from meters m
          where m.key = b.meter_key and m.stripe_meter_id is not null)
        and exists (select from stripe_subscription_items i
          where i.tenant_id = b.tenant_id and i.period_start_at is not null)
      order by b.tenant_id, b.meter_key, b.hour limit ${hoursAtOnce} for update of b skip locked
    )
    update usage_buckets b set is_unsent = false from taken, meters m
    where b.tenant_id = taken.tenant_id and b.meter_key = taken.meter_key and b.hour = taken.hour
      and m.key = b.meter_key
    returning b.tenant_id as "tenantId", b.meter_key as "meterKey", b.hour,
      m.aggregation::text as aggregation`;
}

/**
 * Where billing periods of the tenant begin or end, or one price takes another's place: an hour
 * with one inside is two parts. A change that comes to nothing has cut an hour, and no more.
 */
async function readCuts(tx: Tx, tenantId: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    select period_start_at as at from stripe_subscription_items where tenant_id = ${tenantId}
    union select period_end_at from stripe_subscription_items where tenant_id = ${tenantId}
    union select period_start_at from stripe_invoice_lines where tenant_id = ${tenantId}
    union select period_end_at from stripe_invoice_lines where tenant_id = ${tenantId}
    union select (request ->> 'prorationAt')::timestamptz from subscription_changes
      where tenant_id = ${tenantId} and jsonb_array_length(request -> 'leaves') > 0`;
  return rows.flatMap(({ at }) => (at ? [at.getTime()] : [])).sort((left, right) => left - right);
}

async function lackingParts(tx: Tx, hours: Hour[], cuts: number[], now: Date): Promise<Flush[]> {
  const parts = hours.flatMap((hour) => partsOf(hour, cuts));
  const counted = await usageOfAll(tx, parts);
  const sent = await readSent(tx, parts);
  return parts.flatMap((part, index): Flush[] => {
    const value = plainDecimal(minus(counted[index]!, sent.get(nameOf(part)) ?? "0"));
    if (Number(value) === 0) return [];
    const oldest = now.getTime() - oldestMs;
    const stamp = Math.max(part.from.getTime(), Math.ceil(oldest / 1000) * 1000);
    return stamp < part.to.getTime() ? [{ ...part, value, stampedAt: new Date(stamp) }] : [];
  });
}

function partsOf({ tenantId, meterKey, hour }: Hour, cuts: readonly number[]): UsageOf[] {
  const [begins, ends] = [hour.getTime(), hour.getTime() + hourMs];
  const edges = [begins, ...new Set(cuts.filter((cut) => cut > begins && cut < ends)), ends];
  return edges.slice(1).map((to, index) => {
    return { tenantId, meterKey, from: new Date(edges[index]!), to: new Date(to) };
  });
}

async function readSent(tx: Tx, parts: readonly UsageOf[]): Promise<Map<string, string>> {
  if (parts.length === 0) return new Map();
  const rows = await tx.$queryRaw<(UsageOf & { value: string })[]>`
    select f.tenant_id as "tenantId", f.meter_key as "meterKey", f.starts_at as "from",
      sum(f.value)::text as value
    from json_to_recordset(${JSON.stringify(parts)}::json)
      as p ("tenantId" text, "meterKey" text, "from" timestamptz)
    join usage_flushes f on f.tenant_id = p."tenantId" and f.meter_key = p."meterKey"
      and f.starts_at = p."from" and f.refused_at is null
    group by 1, 2, 3`;
  return new Map(rows.map((row) => [nameOf(row), row.value]));
}

function nameOf({ tenantId, meterKey, from }: Omit<UsageOf, "to">): string {
  return [tenantId, meterKey, from.toISOString()].join(" ");
}

/**
 * Of meters whose hours do not add up Stripe is told the whole period's quantity anew. It keeps the
 * one with the latest instant, so each is stamped after the one before it.
 */
async function changedPeriods(
  tx: Tx,
  ctx: Context,
  tenantId: string,
  hours: readonly Hour[],
): Promise<Flush[]> {
  if (hours.length === 0) return [];
  const terms = await readTerms(tx, tenantId, ctx.now());
  const periods = terms.usage.flatMap(({ meterKey, from, to, previousFrom }) =>
    [{ from, to }, ...(previousFrom ? [{ from: previousFrom, to: from }] : [])]
      .filter((period) => hours.some((hour) => hour.meterKey === meterKey && touches(hour, period)))
      .map((period) => ({ tenantId, meterKey, ...period })),
  );
  const counted = await usageOfAll(tx, periods);
  const flushes: Flush[] = [];
  for (const [index, period] of periods.entries()) {
    const last = await tx.usageFlush.findFirst({
      where: { tenantId, meterKey: period.meterKey, startsAt: period.from, refusedAt: null },
      orderBy: [{ stampedAt: "desc" }],
    });
    const value = counted[index]!;
    if (Number(last?.value ?? 0) === Number(value)) continue;
    flushes.push({ ...period, value, stampedAt: stampAfter(last?.stampedAt, period, ctx.now()) });
  }
  return flushes;
}

function touches({ hour }: Hour, { from, to }: { from: Date; to: Date }): boolean {
  return hour.getTime() + hourMs > from.getTime() && hour < to;
}

/** The last minute of a period is left free for what comes after it has ended. */
function stampAfter(
  last: Date | undefined,
  { from, to }: { from: Date; to: Date },
  now: Date,
): Date {
  const usual = Math.min(now.getTime(), to.getTime() - minuteMs);
  const after = last ? last.getTime() + 1000 : from.getTime();
  const stamp = Math.floor(Math.max(usual, after) / 1000) * 1000;
  return new Date(Math.min(stamp, to.getTime() - 1000));
}

/** The difference of two decimals, exactly. */
function minus(left: string, right: string): string {
  const scale = 12;
  const units = (text: string) => {
    const isNegative = text.startsWith("-");
    const [whole = "0", decimals = ""] = text.replace("-", "").split(".");
    const value = BigInt(whole + decimals.padEnd(scale, "0"));
    return isNegative ? -value : value;
  };
  const difference = units(left) - units(right);
  const digits = String(difference < 0n ? -difference : difference).padStart(scale + 1, "0");
  const sign = difference < 0n ? "-" : "";
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
