import type { Tx } from "#lib/db/client";
import type { Counted } from "#lib/rater/known-invoice";
import type { BilledInvoice } from "#lib/stripe/billed-invoice";
import { instantFrom } from "#lib/stripe/objects";

/** How the usage of a price and a period is named among what was counted. */
export function countedKey(line: { priceId: string | null; from: number; to: number }): string {
  return [line.priceId, line.from, line.to].join(" ");
}

/**
 * What we counted ourselves of each period of usage on a final invoice, and what of it Stripe had
 * been told by then: whatever came later is settled by an item on the next one.
 */
export async function readCounted(
  tx: Tx,
  { lines, finalizedAt }: BilledInvoice,
  tenantId: string,
): Promise<Map<string, Counted>> {
  if (finalizedAt === null) return new Map();
  const periods = new Map(
    lines.flatMap((line) => {
      const { priceId, from, to } = line;
      if (priceId === null || to <= from) return [];
      const period = { priceId, from: instantFrom(from), to: instantFrom(to) };
      return [[countedKey(line), { ...period, key: countedKey(line) }]];
    }),
  );
  if (periods.size === 0) return new Map();
  const rows = await tx.$queryRaw<{ key: string; told: string; counted: string }[]>`
    select w.key, app.usage_between(${tenantId}, m.key, w."from", w."to")::text as counted,
      greatest(0, coalesce(case when m.aggregation in ('sum', 'count')
        then (select sum(f.value) from usage_flushes f where f.tenant_id = ${tenantId}
          and f.meter_key = m.key and f.refused_at is null and f.starts_at >= w."from"
          and f.starts_at < w."to" and f.sent_at <= ${instantFrom(finalizedAt)})
        else (select f.value from usage_flushes f where f.tenant_id = ${tenantId}
          and f.meter_key = m.key and f.refused_at is null and f.starts_at >= w."from"
          and f.starts_at < w."to" and f.sent_at <= ${instantFrom(finalizedAt)}
          order by f.stamped_at desc limit 1) end, 0))::text as told
    from json_to_recordset(${JSON.stringify([...periods.values()])}::json)
      as w (key text, "priceId" text, "from" timestamptz, "to" timestamptz)
    join prices p on p.stripe_price_id = w."priceId"
    join components c on c.id = p.component_id join meters m on m.key = c.meter_key`;
  return new Map(rows.map(({ key, told, counted }) => [key, { told, counted }]));
}
