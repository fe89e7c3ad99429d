import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";

/** A table's columns by name, each with its SQL type. The names are ours, never a caller's. */
export type Columns = Readonly<Record<string, string>>;
export type Row = Readonly<Record<string, unknown>>;

/**
 * Writes many rows in one statement: new ones are inserted, known ones (by `key`) take the new
 * values where `when` holds of `kept` and `excluded`. Answers with the keys of what was written.
 * Prisma's upsert is a statement a row, which made convergence forty times slower.
 */
export async function upsertRows<Key extends Row>(
  tx: Tx,
  table: string,
  columns: Columns,
  { key, when = "true" }: { key: readonly string[]; when?: string },
  rows: readonly Row[],
): Promise<Key[]> {
  const names = Object.keys(columns);
  const typed = names.map((name) => `${name} ${columns[name]}`).join(", ");
  const changed = names.filter((name) => !key.includes(name));
  const sql = `insert into ${table} as kept (${names.join(", ")})
    select ${names.join(", ")} from jsonb_to_recordset($1::jsonb) as row (${typed})
    order by ${key.join(", ")}
    on conflict (${key.join(", ")}) do update
      set ${changed.map((name) => `${name} = excluded.${name}`).join(", ")} where ${when}
    returning ${key.map((name) => `kept.${name}`).join(", ")}`;
  return tx.$queryRawUnsafe<Key[]>(sql, jsonOf(rows));
}

/** JSON as PostgreSQL reads it back into typed columns: a bigint is text, and loses nothing. */
export function jsonOf(rows: readonly Row[]): string {
  return JSON.stringify(rows, (_name, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

/** A name as SQL, for statements whose table is chosen by one of ours. */
export function nameOf(table: string): Prisma.Sql {
  return Prisma.raw(table);
}
