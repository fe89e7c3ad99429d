import type { Tx } from "#lib/db/client";
import { nameOf } from "#lib/db/upsert-rows";
import type { ObjectKey } from "#lib/events/converger";
import type { Mirror } from "#lib/mirror/mirror";
import { mirrors } from "#lib/mirror/mirrors";

type Value = string | number | boolean | null;

/** What we hold of one of Stripe's objects: its columns, and the object as Stripe said it. */
export type MirroredObject = {
  table: string;
  /** For which instant at Stripe it speaks. */
  instant: Date;
  isDeleted: boolean;
  tenantId: string | null;
  columns: { name: string; value: Value }[];
  object: unknown;
  /** Rows that came inside it, such as an invoice's lines. */
  parts: { table: string; count: number }[];
};

type Row = { instant: Date; isDeleted: boolean; tenantId: string | null; row: Columns };
type Columns = Record<string, Value> & { object: unknown };

const known = new Map<string, Mirror<never>>(
  Object.entries(mirrors as unknown as Record<string, Mirror<never>>),
);

/** Every type that is mirrored, by the name Stripe gives it. */
export const mirroredTypes: readonly string[] = [...known.keys()].sort();

/** The mirror of an object; null where nobody mirrors its type, or nothing is known of it yet. */
export async function readMirrored(
  tx: Tx,
  objectType: string,
  { account, id }: ObjectKey,
): Promise<MirroredObject | null> {
  const mirror = known.get(objectType);
  if (!mirror) return null;
  const { table, parts = [] } = mirror;
  const [found] = await tx.$queryRaw<Row[]>`
    select m.instant, m.is_deleted as "isDeleted", m.tenant_id as "tenantId", to_jsonb(m) as row
    from ${nameOf(table)} m where m.account = ${account} and m.id = ${id}`;
  if (!found) return null;
  const { row, ...rest } = found;
  const columns = Object.keys(mirror.columns).map((name) => ({ name, value: row[name] ?? null }));
  const counts: MirroredObject["parts"] = [];
  for (const part of parts) {
    const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
      select count(*)::integer as count from ${nameOf(part.table)} p
      where p.account = ${account} and p.${nameOf(part.parent)} = ${id}`;
    counts.push({ table: part.table, count });
  }
  return { ...rest, table, columns, object: row.object, parts: counts };
}
