import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { verifyLedger } from "#lib/ledger/verify-ledger";
import { entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let ctx: Context;
let superuser: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  superuser = new Client({ connectionString: database.superUrl });
  await superuser.connect();
  // Past every wall, as only a superuser can.
  await superuser.query("set session_replication_role = replica");
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

/** A book of its own with three seals of an entry each; answers its id and its first entry's. */
async function newBook() {
  const key = unique("acct");
  const { owner } = await newOwner(ctx);
  const own = { accountId: key, tenantId: owner.tenantId, profile: "saas", since: new Date() };
  await transact(ctx, "test.plant", (tx) =>
    tx.connectedAccount.create({ data: { ...own, status: "active" } }),
  );
  const moves = [move("receivable ten", "bank:cash", 5n), move("revenue:usage", "bank:cash", 7n)];
  for (const number of [1, 2, 3]) {
    await post(ctx, entry(`${key}:${number}`, moves, { book: key }));
    await foldLedger(ctx);
  }
  const { rows } = await superuser.query(
    "select id, book_id from ledger_entries where reference = $1",
    [`${key}:1`],
  );
  return { key, entryId: rows[0].id as string, bookId: rows[0].book_id as number };
}

const count = async (book: string) =>
  (await verifyLedger(ctx, { book }))!.map((fault) =>
    "seal" in fault ? `${fault.kind} ${fault.seal}` : fault.kind,
  );

const ofEntry = [
  ...["reference", "kind", "about_tenant_id", "customer_id", "payment_id", "country", "method"],
  ...["object_id", "corrects"],
].map((column) => `update ledger_entries set ${column} = 'another' where id = $1`);
const ofMoves = [
  "plan = 'another'",
  "minor = minor + 1",
  "from_account = to_account, to_account = from_account",
  "from_subject = 'another'",
  "to_subject = 'another'",
  "effective_at = effective_at + interval '1 s'",
].map((change) => `update ledger_moves set ${change} where entry_id = $1 and position = 0`);

test("whatever of a sealed entry is another is found, and nothing where nothing is", async () => {
  const changes = [
    ...[...ofEntry, ...ofMoves],
    "update ledger_entries set posted_at = posted_at - interval '1 day' where id = $1",
    "update ledger_entries set effective_at = effective_at + interval '1 s' where id = $1",
  ];
  const { key, entryId } = await newBook();
  expect(await count(key)).toEqual([]);
  const kept = await rowsOf(entryId);
  for (const change of changes) {
    await superuser.query(change, [entryId]);
    expect(await count(key), change).toContain("entries_changed 1");
    await putBack(entryId, kept);
  }
  expect(await count(key)).toEqual([]);
});

test("an entry that is changed and sealed anew is found by the seal after it", async () => {
  const { key, entryId, bookId } = await newBook();
  await superuser.query("update ledger_entries set kind = 'another' where id = $1", [entryId]);
  await superuser.query(
    `update ledger_seals set digest = app.ledger_digest('', entries)
     where book_id = $1 and number = 1`,
    [bookId],
  );
  expect(await count(key)).toEqual(["entries_changed 2"]);
});

test("moves of no entry are found", async () => {
  const { key, entryId } = await newBook();
  await superuser.query(
    `insert into ledger_moves select 1000000000000, position, from_account, to_account,
      from_subject, to_subject, minor, effective_at, plan from ledger_moves where entry_id = $1`,
    [entryId],
  );
  expect(await count(key)).toContain("entries_unsealed");
});

test.each(["debit", "credit"])("a day's %s that is another is found by itself", async (side) => {
  const { key, bookId } = await newBook();
  await superuser.query(
    `update ledger_days set ${side} = ${side} + 1 where account_id =
      (select id from ledger_accounts where book_id = $1 and code = 'bank:cash')`,
    [bookId],
  );
  expect(await count(key)).toEqual(["day_differs"]);
});

type Rows = { table: string; rows: unknown };

async function rowsOf(entryId: string): Promise<Rows[]> {
  const keys = { ledger_entries: "id", ledger_moves: "entry_id" };
  const found = Object.entries(keys).map(async ([table, key]) => {
    const sql = `select json_agg(to_json(r)) as rows from ${table} r where ${key} = $1`;
    return { table, rows: (await superuser.query(sql, [entryId])).rows[0].rows };
  });
  return Promise.all(found);
}

async function putBack(entryId: string, kept: Rows[]): Promise<void> {
  await superuser.query("delete from ledger_moves where entry_id = $1", [entryId]);
  await superuser.query("delete from ledger_entries where id = $1", [entryId]);
  for (const { table, rows } of kept) {
    await superuser.query(
      `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
}
