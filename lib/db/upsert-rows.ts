import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { listLiteral } from "#lib/db/list-literal";
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
  const { documents, lists } = listsOf(columns, rows);
  const read = names.map((name) =>
    isWhole(columns, name) ? documentAt(name, columns[name]!) : name,
  );
  const changed = names.filter((name) => !key.includes(name));
  const sql = `insert into ${table} as kept (${names.join(", ")})
    select ${read.join(", ")}
    from unnest(${lists.map(({ type }, place) => `$${place + 2}::${type}[]`).join(", ")})
      as row (${lists.map(({ name }) => name).join(", ")})
    order by ${key.join(", ")}
    on conflict (${key.join(", ")}) do update
      set ${changed.map((name) => `${name} = excluded.${name}`).join(", ")} where ${when}
    returning ${key.map((name) => `kept.${name}`).join(", ")}`;
  const values = lists.map((list) => listLiteral(list.values));
  const { rows: written } = await queryPrepared<Key>(tx, sql, [documents, ...values]);
  return written;
}

/** A whole object is many times the size of all that stands beside it. */
function isWhole(columns: Columns, name: string): boolean {
  return columns[name] === "json" || columns[name] === "jsonb";
}

/** Where a document lies in the bytes that are handed over beside the rows. */
function documentAt(name: string, type: string): string {
  return `convert_from(substring($1::bytea from ${name} for ${name}_length), 'UTF8')::${type}`;
}

type List = { name: string; type: string; values: unknown[] };

/**
 * The rows by column, without their documents, which lie one behind the other in the bytes beside
 * them. As one list of JSON objects PostgreSQL would make a table of names for each row, which cost
 * more than twice as much.
 */
function listsOf(columns: Columns, rows: readonly Row[]): { documents: Buffer; lists: List[] } {
  const documents: Buffer[] = [];
  let from = 1;
  const lists = Object.entries(columns).flatMap(([name, type]): List[] => {
    const values = rows.map((row) => row[name]);
    if (!isWhole(columns, name)) return [{ name, type, values }];
    const starts: (number | null)[] = [];
    const lengths = values.map((value) => {
      const bytes = value == null ? null : Buffer.from(JSON.stringify(value));
      starts.push(bytes && from);
      if (bytes) documents.push(bytes);
      from += bytes?.length ?? 0;
      return bytes?.length;
    });
    return [
      { name, type: "integer", values: starts },
      { name: `${name}_length`, type: "integer", values: lengths },
    ];
  });
  return { documents: Buffer.concat(documents), lists };
}

/** A name as SQL, for statements whose table is chosen by one of ours. */
export function nameOf(table: string): Prisma.Sql {
  return Prisma.raw(table);
}
