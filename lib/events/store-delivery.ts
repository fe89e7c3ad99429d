import type { Db } from "#lib/db/client";
import { type Grouped, groupCommit, type Waiting as WaitingFor } from "#lib/db/group-commit";
import { announce } from "#lib/events/announce";

/** A delivery as the inbox keeps it, in the order of `insert`'s columns. */
export type InboxRow = readonly [
  id: string,
  endpoint: string,
  account: string,
  type: string,
  objectType: string,
  objectId: string,
  partition: number,
  instant: Date,
  receivedAt: Date,
  status: "waiting" | "ignored",
  error: string | null,
  handledAt: Date | null,
  traceId: string,
  body: Buffer,
];

type Waiting = WaitingFor<InboxRow, boolean>;

/** One statement, so one round trip and one commit; set_config holds for that statement alone. */
const insert = `
  with scope as materialized (select set_config('app.scope', 'system', true)),
  stored as (
    insert into inbox_events (id, endpoint, account, type, object_type, object_id, partition,
      instant, received_at, status, error, handled_at, trace_id, body)
    select row.id, row.endpoint, row.account, row.type, row.object_type, row.object_id,
      row.partition, row.instant, row.received_at, row.status, row.error, row.handled_at,
      row.trace_id, convert_from(substring($16::bytea from row.start for row.length), 'UTF8')::json
    from scope, unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
      $6::text[], $7::smallint[], $8::timestamptz[], $9::timestamptz[], $10::inbox_status[],
      $11::text[], $12::timestamptz[], $13::text[], $14::integer[], $15::integer[]) as row (id,
      endpoint, account, type, object_type, object_id, partition, instant, received_at, status,
      error, handled_at, trace_id, start, length)
    on conflict (id, instant) do nothing
    returning id
  )
  select id from stored`;

const groups = new WeakMap<Db, Grouped<InboxRow, boolean>>();

/**
 * Stores a delivery once and resolves after its commit; true where it was new. What arrives while
 * two statements are under way shares the next one's commit.
 */
export function storeDelivery(db: Db, row: InboxRow): Promise<boolean> {
  const known = groups.get(db);
  const group =
    known ??
    groupCommit({ atMost: 128, inFlight: 2, beside: 16 }, (batch) => storeBatch(db, batch));
  groups.set(db, group);
  return group(row);
}

/** Settles every delivery of a batch. Where one row spoils it, each is tried by itself. */
async function storeBatch(db: Db, unsorted: readonly Waiting[], isAgain = false): Promise<void> {
  // Two statements with the same ids take them in one order, or they would wait for each other.
  const batch = unsorted.toSorted(({ item: [left] }, { item: [right] }) =>
    left < right ? -1 : Number(left > right),
  );
  try {
    const { rows } = await db.pool.query<{ id: string }>({
      name: "store-deliveries",
      text: insert,
      values: valuesOf(batch.map(({ item }) => item)),
    });
    const stored = new Set(rows.map(({ id }) => id));
    if (stored.size > 0) announce(db);
    // Of two copies in one batch the first is the new one.
    for (const { item, resolve } of batch) resolve(stored.delete(item[0]));
  } catch (error) {
    if (codeOf(error) === "40P01" && !isAgain) await storeBatch(db, batch, true);
    else if (batch.length > 1 && isOfOneRow(error)) {
      for (const one of batch) await storeBatch(db, [one]);
    } else for (const { reject } of batch) reject(error);
  }
}

/**
 * A column each, and the bodies behind one another as they came: as an array of texts every quote
 * in them would be escaped here and unescaped there.
 */
function valuesOf(rows: readonly InboxRow[]): unknown[] {
  const bodies = rows.map((row) => row[13]);
  const columns = rows[0]!.slice(0, -1).map((_, column) => rows.map((row) => row[column]));
  let start = 1;
  const starts = bodies.map(({ length }) => {
    start += length;
    return start - length;
  });
  return [...columns, starts, bodies.map(({ length }) => length), Buffer.concat(bodies)];
}

/** SQLSTATE classes 22 and 23: a value PostgreSQL cannot take. Anything else fails every row. */
function isOfOneRow(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error));
}

/** SQLSTATE, or what else the failure is called. */
export function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? "");
}
