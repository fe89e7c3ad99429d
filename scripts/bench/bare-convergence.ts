import pg from "pg";
import type { History } from "#scripts/bench/stripe-history";

const hands = 3;
const eventsAtOnce = 1_000;

/** What any engine with an inbox has to do: read what waits, keep each object, close its events. */
export type BareConvergence = {
  /** Works through a stored history; events per second. */
  run(history: History): Promise<number>;
  close(): Promise<void>;
};

/**
 * The limit of convergence on this machine: the same events read, the newest of each object kept by
 * one upsert of it, the events closed, many in one transaction. Nothing is judged, leased or looked
 * up, no column lies beside the object, nothing follows. Called with nobody's walls.
 */
export async function openBareConvergence(superUrl: string): Promise<BareConvergence> {
  const pool = new pg.Pool({ connectionString: superUrl, max: hands });
  pool.on("error", () => {}); // A connection may still be closing when the server stops.
  await pool.query(
    // As large an object is kept as it is as in our mirrors.
    `create table bench_objects (id text primary key, instant timestamptz not null, object json)
      with (toast_tuple_target = 4096)`,
  );
  return {
    run: async ({ events }) => {
      const ids = [...new Set(events.map(({ data }) => data.object.id ?? ""))];
      const size = Math.ceil(ids.length / Math.ceil(events.length / eventsAtOnce));
      const batches: string[][] = [];
      for (let from = 0; from < ids.length; from += size)
        batches.push(ids.slice(from, from + size));
      const began = performance.now();
      await Promise.all(
        Array.from({ length: hands }, async () => {
          for (let batch = batches.pop(); batch; batch = batches.pop()) await keep(pool, batch);
        }),
      );
      return events.length / ((performance.now() - began) / 1000);
    },
    close: () => pool.end(),
  };
}

type Told = { id: string; instant: Date; object_id: string; body: StripeBody };
type StripeBody = { data: { object: object } };

async function keep(pool: pg.Pool, objectIds: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local enable_hashjoin = off; set local enable_mergejoin = off");
    const { rows } = await client.query<Told>({ name: "told", text: told, values: [objectIds] });
    const newest = new Map<string, Told>();
    for (const row of rows) if (!newest.has(row.object_id)) newest.set(row.object_id, row);
    const kept = [...newest.values()];
    const documents = kept.map(({ body }) => Buffer.from(JSON.stringify(body.data.object)));
    let from = 1;
    const places = documents.map(({ length }) => {
      from += length;
      return from - length;
    });
    await client.query({
      ...{ name: "kept", text: keeping },
      values: [
        kept.map(({ object_id: id }) => id),
        kept.map(({ instant }) => instant),
        places,
        documents.map(({ length }) => length),
        Buffer.concat(documents),
      ],
    });
    const closed = [rows.map(({ id }) => id), rows.map(({ instant }) => instant)];
    await client.query({ name: "closed", text: closing, values: closed });
    await client.query("commit");
  } finally {
    client.release();
  }
}

const told = `
  select e.id, e.instant, e.object_id, e.body
  from unnest($1::text[]) as c (object_id) join inbox_waiting w on w.object_id = c.object_id
    join inbox_events e on e.id = w.id and e.instant = w.instant
  order by e.instant desc`;
const keeping = `
  insert into bench_objects as kept (id, instant, object)
  select id, instant, convert_from(substring($5::bytea from start for length), 'UTF8')::json
  from unnest($1::text[], $2::timestamptz[], $3::integer[], $4::integer[])
    as row (id, instant, start, length)
  on conflict (id) do update set instant = excluded.instant, object = excluded.object
    where kept.instant <= excluded.instant`;
const closing = `
  update inbox_events e set status = 'done', handled_at = now()
  from unnest($1::text[], $2::timestamptz[]) as c (id, instant)
  where e.id = c.id and e.instant = c.instant`;
