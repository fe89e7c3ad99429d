import { readFileSync } from "node:fs";
import pg from "pg";
import { openDb } from "#lib/db/client";
import { foldLedger } from "#lib/ledger/fold-ledger";
import type { Bench } from "#scripts/bench/bench";
import type { Figure } from "#scripts/bench/figure";
import { openLadder } from "#scripts/bench/ledger-costs";
import {
  bareTables,
  insertBare,
  madeEntries,
  post,
  throughPgledger,
  type Write,
} from "#scripts/bench/ledger-rows";
import { drain } from "#scripts/bench/load";
import { contextOn, openStage, query, type Stage } from "#scripts/bench/stage";
import { chunksOf } from "#scripts/bench/usage-rows";

const clients = 8;
const unit = "entries per s";
const shapes = [
  { name: "1,000 accounts", accounts: 1_000, atOnce: 1, entries: 8_000, bare: 0.65, peer: 3 },
  { name: "10 hot accounts", accounts: 10, atOnce: 1, entries: 8_000, bare: 0.65, peer: 2.5 },
  { name: "batches of 100", accounts: 1_000, atOnce: 100, entries: 40_000, bare: 0, peer: 3 },
] as const;

/**
 * How many entries a second are posted with every check in place, beside the bare transaction of
 * the same rows; with PGLEDGER_SQL, the path of pgledger's SQL, beside it too. The last figures say
 * what the checks cost: each lacks something, and what those before it lack.
 */
export const ledger: Bench = {
  about: "entries posted with every check, beside a bare transaction of the same rows",
  open: async () => {
    const stage = await openStage();
    await query(stage.superUrl, bareTables);
    const ladder = await openLadder(stage);
    const peer = process.env.PGLEDGER_SQL && (await openPgledger(stage, process.env.PGLEDGER_SQL));
    const ours = openPool(stage.appUrl);
    const raw = openPool(stage.superUrl);
    const lesser = ladder.map(({ name, appUrl }) => ({ name, pool: openPool(appUrl) }));
    const db = openDb(stage.appUrl, 2);
    const ctx = contextOn(db, { kind: "system" });
    const figures: Figure[] = shapes.flatMap((shape) => {
      const { name, entries, atOnce, accounts } = shape;
      const run = (pool: pg.Pool, write: Write) => () =>
        writeAll(pool, write, chunksOf(madeEntries(entries, accounts), atOnce));
      const posting = async () => {
        const perSecond = await run(ours, post)();
        await foldLedger(ctx); // So that the next round does not begin with what this one left.
        return perSecond;
      };
      return [
        ...(shape.bare > 0
          ? [
              {
                ...{ name, unit, goal: { atLeast: shape.bare }, subject: posting },
                beside: { name: "bare transaction", run: run(raw, insertBare) },
              },
            ]
          : []),
        ...(peer
          ? [
              {
                ...{ name: `${name}, peer`, unit, goal: { atLeast: shape.peer }, subject: posting },
                beside: { name: "pgledger", run: run(raw, peer) },
              },
            ]
          : []),
      ];
    });
    return {
      figures: [...figures, ...lesser.map((one) => costOf(one, raw))],
      close: async () => {
        const pools = [ours, raw, ...lesser.map(({ pool }) => pool)];
        await Promise.all([...pools.map((pool) => pool.end()), db.close()]);
        await stage.close();
      },
    };
  },
};

/** What posting comes to where the ledger lacks something. */
function costOf({ name, pool }: { name: string; pool: pg.Pool }, raw: pg.Pool): Figure {
  const run = (on: pg.Pool, write: Write) => () =>
    writeAll(on, write, chunksOf(madeEntries(4_000, 1_000), 1));
  return {
    ...{ name, unit, goal: "limit", subject: run(pool, post) },
    beside: { name: "bare transaction", run: run(raw, insertBare) },
  };
}

/** Its scope is the connection's and not each transaction's: a bare one has none. */
function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: clients });
  pool.on("connect", (client) => {
    client.query("select set_config('app.scope', 'system', false)");
  });
  pool.on("error", () => {});
  return pool;
}

async function writeAll(
  pool: pg.Pool,
  write: Write,
  batches: readonly (readonly Parameters<Write>[1][number][])[],
): Promise<number> {
  const count = batches.reduce((sum, batch) => sum + batch.length, 0);
  const { perSecond } = await drain(batches, clients, async (batch) => {
    const client = await pool.connect();
    try {
      await write(client, batch);
    } finally {
      client.release();
    }
  });
  return (perSecond * count) / batches.length;
}

/** pgledger with an account of its own for each part that the entries name. */
async function openPgledger(stage: Stage, path: string): Promise<Write> {
  await query(stage.superUrl, readFileSync(path, "utf8"));
  const names = [
    "revenue:application_fees",
    ...Array.from({ length: 500 }, (_, n) => [`payableten_${n}`, `receivableten_${n}`]).flat(),
  ];
  const client = new pg.Client({ connectionString: stage.superUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; id: string }>(
    `select name, (pgledger_create_account(name, 'usd')).id from unnest($1::text[]) name`,
    [names],
  );
  await client.end();
  return throughPgledger(new Map(rows.map(({ name, id }) => [name, id])));
}
