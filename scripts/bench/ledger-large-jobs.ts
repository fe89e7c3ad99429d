import pg from "pg";
import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { closeBook, reopenBook } from "#lib/ledger/close-book";
import { account } from "#lib/ledger/entry";
import { exportJournal } from "#lib/ledger/export-journal";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { postEntries } from "#lib/ledger/post-entries";
import { verifyLedger } from "#lib/ledger/verify-ledger";
import type { Tools } from "#lib/reconciliation/reconcile-book";
import { reconcileMarked } from "#lib/reconciliation/reconcile-changes";
import type { Figure, Goal } from "#scripts/bench/figure";
import { growthOf } from "#scripts/bench/growth";
import { financeOn } from "#scripts/bench/ledger-large-reads";
import { benchRows, instantOf, large, settled } from "#scripts/bench/ledger-large-rows";
import { contextOn, query, type Stage } from "#scripts/bench/stage";

export type LongJob = Pick<Figure, "name" | "unit" | "goal"> & { run: () => Promise<number> };
type Posting = { name: string; goal: Goal; in: (book: string) => Promise<number> };

/** What Stripe would be asked; nothing differs, so nobody is. */
const tools = { gateway: {}, effects: async () => {} } as unknown as Tools;
const tries = 300;

/** What is posted to a book, and what is done with all of it. */
export function openJobs(db: Db, { superUrl }: Stage) {
  const ctx = contextOn(db, { kind: "system" });
  const finance = financeOn(db);
  const { book } = large;
  const taken = new Map<string, number[]>();
  const share = (part: number) => async (of: string) => {
    const times = taken.get(of) ?? (await postSome(ctx, of));
    taken.set(of, times);
    return times[Math.floor(times.length * part)]!;
  };
  const postings: Posting[] = [
    { name: "a posting, half of them", in: share(0.5), goal: { atMost: 1.5 } },
    { name: "a posting, 99 of 100", in: share(0.99), goal: { atMost: 3 } },
  ];
  const month = { book, reason: "A bench" };
  const long: LongJob[] = [
    { ...timed("folding what was posted", 5_000), run: () => msOf(() => foldLedger(ctx)) },
    {
      ...timed("closing a month", 1_000),
      run: () => msOf(() => closeBook(finance, { ...month, through: "2026-06" })),
    },
    {
      ...timed("opening it again", 1_000),
      run: () => msOf(() => reopenBook(finance, { ...month, from: "2026-06" })),
    },
    ...exportOf(() => exportJournal(finance, { book, from: "2026-03-01", to: "2026-03-07" })),
    {
      ...{ name: "1 % changed, compared", unit: "s", goal: { atMost: 1 + benchRows / 500_000 } },
      run: async () => {
        await touchNewest(superUrl);
        return (await msOf(() => reconcileMarked(ctx, tools, book))) / 1_000;
      },
    },
    ...countOf(ctx),
  ];
  return { postings, long, megabytes: () => megabytesOf(superUrl) };
}

/** Entries of two moves between accounts that every entry moves, one by one. */
async function postSome(ctx: Context, book: string): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < tries; turn += 1) {
    const reference = newId("trace");
    const clearing = account("stripe:clearing", reference);
    const moves = [
      { from: clearing, to: account("stripe:balance"), minor: 970n, currency: "usd" },
      { from: clearing, to: account("expense:processing"), minor: 30n, currency: "usd" },
    ] as const;
    const entry = { book, reference, kind: "settled.charge", effectiveAt: new Date(), moves };
    const about = { tenantId: large.tenantId, objectId: reference };
    const post = () =>
      transact(ctx, "bench.post", (tx) => postEntries(tx, [{ ...entry, about }], ctx));
    times.push(await msOf(post));
  }
  return times.slice(tries / 10).toSorted((left, right) => left - right);
}

/**
 * A week as text that hledger reads: so many entries a second, and what it comes to hold. It is
 * read once before, so that what grows is what is held and not what a process begins with.
 */
function exportOf(open: () => Promise<AsyncIterable<string>>): LongJob[] {
  let growth = 0;
  const run = async () => {
    let entries = 0;
    let seconds = 0;
    for await (const _piece of await open());
    growth = await growthOf(async () => {
      seconds = await msOf(async () => {
        for await (const piece of await open()) entries += piece.split("\n\n").length - 1;
      });
    });
    if (entries < benchRows / 60) throw new Error(`Only ${entries} entries came out.`);
    return entries / (seconds / 1_000);
  };
  return [
    { name: "export, entries per second", unit: "per s", goal: "limit", run },
    { name: "growth while it exports", unit: "MB", goal: { atMost: 64 }, run: async () => growth },
  ];
}

/** All of the book worked out anew: nothing may differ, and it holds no more at the end. */
function countOf(ctx: Context): LongJob[] {
  let growth = 0;
  const run = async () => {
    let seconds = 0;
    growth = await growthOf(async () => {
      seconds = await msOf(async () => {
        const faults = await verifyLedger(ctx, { book: large.book });
        if (faults?.length !== 0) throw new Error(`Something differs: ${JSON.stringify(faults)}`);
      });
    });
    return benchRows / (seconds / 1_000);
  };
  return [
    { name: "a count, entries per second", unit: "per s", goal: "limit", run },
    { name: "growth while it counts", unit: "MB", goal: { atMost: 64 }, run: async () => growth },
  ];
}

function timed(name: string, atMost: number) {
  return { name, unit: "ms", goal: { atMost } };
}

async function msOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** One per cent of the year changed: its last days, as it is with money. */
function touchNewest(superUrl: string): Promise<void> {
  const from = instantOf(settled - Math.floor(settled / 100)).toISOString();
  return query(
    superUrl,
    `delete from reconciliation_marks;
     insert into reconciliation_marks (book, reference, is_new, at)
       select '${large.book}', id, false, created_at from stripe_balance_transactions
       where account = '${large.book}' and created_at > '${from}'`,
  );
}

async function megabytesOf(superUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  const { rows } = await client.query("select pg_database_size(current_database()) as bytes");
  await client.end();
  return Number(rows[0].bytes) / 2 ** 20;
}
