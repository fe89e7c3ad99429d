import type { Tx } from "#lib/db/client";
import { plainDecimal } from "#lib/usage/event";

export type UsageOf = { tenantId: string; meterKey: string; from: Date; to: Date };

/**
 * The exact quantity a meter counts of a tenant from `from` until just before `to`, as a decimal
 * string. Whole hours are read from their rows, so a million events cost some hundred rows.
 */
export async function usageSoFar(
  tx: Tx,
  { tenantId, meterKey, from, to }: UsageOf,
): Promise<string> {
  const [row] = await tx.$queryRaw<{ quantity: string }[]>`
    select app.usage_between(${tenantId}, ${meterKey}, ${from}, ${to})::text as quantity`;
  return plainDecimal(row!.quantity);
}

/** The quantities of many meters or periods, in one query and in their order. */
export async function usageOfAll(tx: Tx, wanted: readonly UsageOf[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const placed = wanted.map((one, place) => ({ ...one, place }));
  const rows = await tx.$queryRaw<{ quantity: string }[]>`
    select app.usage_between(w."tenantId", w."meterKey", w."from", w."to")::text as quantity
    from json_to_recordset(${JSON.stringify(placed)}::json)
      as w ("tenantId" text, "meterKey" text, "from" timestamptz, "to" timestamptz, place integer)
    order by place`;
  return rows.map(({ quantity }) => plainDecimal(quantity));
}
