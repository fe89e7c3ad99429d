import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { platformBook } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { recountLedger } from "#lib/ledger/recount-ledger";
import { type Count, type LedgerFault, verifyLedger } from "#lib/ledger/verify-ledger";
import { balancesOf, entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { unique } from "#tests/support/people";

let database: TestDatabase;
let ctx: Context;
let superuser: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  superuser = new Client({ connectionString: database.superUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

/** So many seals of two entries each: a tenant's debt of 5, and what it was billed for. */
async function seal(name: string, seals: number): Promise<void> {
  for (let number = 0; number < seals; number += 1) {
    await post(
      ctx,
      entry(`${name}:${number}:owed`, [move("revenue:usage", `receivable ${name}`, 5n)]),
      entry(`${name}:${number}:tax`, [move("tax", `receivable ${name}`, 1n)]),
    );
    await foldLedger(ctx);
  }
}

const count = (over: Partial<Count> = {}) =>
  verifyLedger(ctx, { book: platformBook, atOnce: 4, ...over });
const progress = () =>
  view(ctx, (tx) => tx.ledgerCount.findFirstOrThrow({ where: { endedAt: null } }));
const kindsOf = (faults: LedgerFault[] | null) => faults?.map(({ kind }) => kind).sort();

/** Past every wall, as only a superuser can. */
async function plant(sql: string, values: unknown[]): Promise<void> {
  await superuser.query("set session_replication_role = replica");
  await superuser.query(sql, values);
  await superuser.query("set session_replication_role = origin");
}

/** An entry as if it had never been; answers which seal it was in. */
async function remove(reference: string): Promise<number> {
  const { rows } = await superuser.query(
    `select e.id, s.number from ledger_entries e join ledger_seals s on s.entries @> e.id
     where e.reference = $1`,
    [reference],
  );
  await plant("delete from ledger_moves where entry_id = $1", [rows[0].id]);
  await plant("delete from ledger_entries where id = $1", [rows[0].id]);
  return rows[0].number;
}

/** Ends the connection that counts while it waits for a lock we hold, as a killed worker's ends. */
async function cutOff(counting: () => Promise<unknown>): Promise<void> {
  // What a transaction sees of others' doings is as it was at its beginning, so another looks.
  const holder = new Client({ connectionString: database.superUrl });
  await holder.connect();
  await holder.query("begin");
  await holder.query("select * from ledger_counts for update");
  const outcome = counting().then(
    () => "ended",
    () => "cut off",
  );
  const waiting = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%count%'`;
  await expect
    .poll(async () => (await superuser.query(waiting)).rowCount, { timeout: 20_000 })
    .toBe(1);
  await holder.end();
  expect(await outcome).toBe("cut off");
}

test("a count that is cut off goes on where it was, and holds for all that is posted meanwhile", async () => {
  const name = unique("ten");
  await seal(name, 8);
  const since = ctx.now();
  expect(await count({ since, forMs: 0 })).toBeNull();
  const begun = await progress();
  expect(begun).toMatchObject({ entries: 4n });

  await cutOff(() => count({ since }));
  expect(await progress()).toEqual(begun);

  // Sealed meanwhile, and waiting to be; of what was counted already, and of what was not.
  await seal(unique("ten"), 3);
  await post(ctx, entry(unique("waits"), [move("revenue:usage", `receivable ${name}`, 9n)]));
  expect(await count({ since, forMs: 0 })).toBeNull();
  expect(await progress()).toMatchObject({ begunAt: begun.begunAt, seal: begun.seal + 2 });
  const early = await remove(`${name}:0:owed`);
  const late = await remove(`${name}:7:owed`);

  const found = (await count({ since }))!;
  expect(found.filter(({ kind }) => kind === "entries_missing")).toMatchObject([{ seal: late }]);
  // What was read before it was taken away is the next count's to find.
  expect(late).toBeGreaterThan(early);
  const next = (await count())!;
  expect(next.filter(({ kind }) => kind === "entries_missing")).toMatchObject([
    { seal: early },
    { seal: late },
  ]);
  const debt = next.find((fault) => fault.kind === "balance_differs" && fault.subject === name);
  expect(debt).toMatchObject({ keptMinor: 48n, movedMinor: 38n });
});

test("a recount that is cut off mends all of the book when it goes on", async () => {
  const name = unique("ten");
  await seal(name, 6);
  await remove(`${name}:1:owed`);
  const since = ctx.now();
  const owed = async () => (await balancesOf(ctx))[`receivable ${name} usd`];
  expect(await owed()).toBe(36n);

  await count({ since, forMs: 0 });
  await cutOff(() => recountLedger(ctx, { book: platformBook, since }));
  expect(await owed()).toBe(36n);
  await post(ctx, entry(unique("meanwhile"), [move("tax", `receivable ${name}`, 2n)]));
  await recountLedger(ctx, { book: platformBook, since });
  expect(await owed()).toBe(33n);
  await foldLedger(ctx);
  expect(await owed()).toBe(33n);
  // That sealed entries were removed stays said; what is kept is what is there.
  expect(new Set(kindsOf(await count()))).toEqual(new Set(["entries_missing"]));
});

test("one that began before it is asked for begins anew", async () => {
  await seal(unique("ten"), 3);
  const old = new Date(ctx.now().getTime() - 60_000);
  await count({ since: old, forMs: 0 });
  const { seal: reached, begunAt } = await progress();
  expect(await count({ since: old, forMs: 0 })).toBeNull();
  expect((await progress()).seal).toBe(reached + 2);
  const later = new Date(begunAt.getTime() + 1);
  expect(await verifyLedger({ ...ctx, now: () => later }, { ...anew, since: later })).toBeNull();
  expect(await progress()).toMatchObject({ seal: reached, begunAt: later });
});
const anew = { book: platformBook, atOnce: 4, forMs: 0 };

test("a day's sums that somebody changed are found, and made right again", async () => {
  await count();
  await foldLedger(ctx);
  const before = kindsOf(await count())!;
  for (const table of ["ledger_days", "ledger_slices"]) {
    await plant(
      `update ${table} set debit = debit + 1 where account_id = (
        select id from ledger_accounts where code = 'revenue:usage')`,
      [],
    );
  }
  expect(kindsOf(await count())).toEqual([...before, "day_differs", "slice_differs"].sort());
  await recountLedger(ctx, { book: platformBook, since: ctx.now() });
  expect(kindsOf(await count())).toEqual(before);
});

test("whoever counts at once gets on together, and nobody who posts waits", async () => {
  await seal(unique("ten"), 6);
  const since = ctx.now();
  const [first, second] = await Promise.all([
    count({ since }),
    count({ since }),
    post(ctx, entry(unique("meanwhile"), [move("tax", "bank:cash", 2n)])),
  ]);
  expect(kindsOf(first)).toEqual(kindsOf(second));
});

test("a seal that somebody emptied is named, and hides no other", async () => {
  await seal(unique("ten"), 3);
  const before = kindsOf(await count())!;
  const { rows } = await superuser.query(
    "select number, entries from ledger_seals order by number desc limit 2",
  );
  const empty = "update ledger_seals set entries = $2 where number = $1";
  const of = (faults: LedgerFault[] | null) =>
    faults?.filter((fault) => "seal" in fault && fault.seal === rows[1].number);
  await plant(empty, [rows[1].number, "{}"]);
  const found = await count();
  await plant(empty, [rows[1].number, rows[1].entries]);
  expect(of(found)).toMatchObject([{ kind: "entries_changed" }]);
  expect(found!.find(({ kind }) => kind === "entries_unsealed")).toBeDefined();
  expect(kindsOf(await count())).toEqual(before);
});

test("only the platform counts a book", async () => {
  const stranger = {
    ...ctx,
    scope: { kind: "tenant", tenantId: "ten_1", userId: "usr_1" },
  } as const;
  const piece = transact(
    stranger,
    "test.count",
    (tx) => tx.$queryRaw`select app.count_ledger('platform', now(), 1, now())`,
  );
  await expect(piece).rejects.toThrow(/only the platform/);
});
