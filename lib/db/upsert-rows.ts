import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { queryPrepared } from "#lib/db/wire";

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
  const typed = names.map(
    (name) => `${name} ${isWhole(columns, name) ? "int4range" : columns[name]}`,
  );
  const read = names.map((name) =>
    isWhole(columns, name) ? documentAt(name, columns[name]!) : name,
  );
  const changed = names.filter((name) => !key.includes(name));
  const sql = `insert into ${table} as kept (${names.join(", ")})
    select ${read.join(", ")} from json_to_recordset($1::json) as row (${typed.join(", ")})
    order by ${key.join(", ")}
    on conflict (${key.join(", ")}) do update
      set ${changed.map((name) => `${name} = excluded.${name}`).join(", ")} where ${when}
    returning ${key.map((name) => `kept.${name}`).join(", ")}`;
  const { slim, documents } = setApart(columns, rows);
  const { rows: written } = await queryPrepared<Key>(tx, sql, [jsonOf(slim), documents]);
  return written;
}

/** A whole object is many times the size of all that stands beside it. */
function isWhole(columns: Columns, name: string): boolean {
  return columns[name] === "json" || columns[name] === "jsonb";
}

/** Where a document lies in the bytes that are handed over beside the rows. */
function documentAt(name: string, type: string): string {
  const bytes = `substring($2::bytea from lower(${name}) for upper(${name}) - lower(${name}))`;
  return `convert_from(${bytes}, 'UTF8')::${type}`;
}

/**
 * The rows without their documents, each of which is a range of the bytes beside them. Inside the
 * rows PostgreSQL would take each apart twice: with all the others, and by itself.
 */
function setApart(columns: Columns, rows: readonly Row[]) {
  const names = Object.keys(columns).filter((name) => isWhole(columns, name));
  const documents: Buffer[] = [];
  let from = 1;
  const slim = rows.map((row) => {
    const ranges = names.map((name) => {
      if (row[name] === null || row[name] === undefined) return [name, null];
      const bytes = Buffer.from(JSON.stringify(row[name]));
      documents.push(bytes);
      from += bytes.length;
      return [name, `[${from - bytes.length},${from})`];
    });
    return { ...row, ...Object.fromEntries(ranges) };
  });
  return { slim, documents: Buffer.concat(documents) };
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
