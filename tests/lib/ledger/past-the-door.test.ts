import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { closeBook } from "#lib/ledger/close-book";
import { platformBook } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { postEntries } from "#lib/ledger/post-entries";
import type { PlatformContext } from "#lib/tenancy/context";
import { entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let ctx: Context;
let admin: PlatformContext;
let superuser: Client;
/** A book beside the platform's, with accounts of the same names. */
const other = unique("acct");

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  admin = await newAdmin(ctx, "finance");
  superuser = new Client({ connectionString: database.superUrl });
  await superuser.connect();
  const { owner } = await newOwner(ctx);
  const own = { accountId: other, tenantId: owner.tenantId, profile: "saas", since: new Date() };
  await transact(ctx, "test.plant", (tx) =>
    tx.connectedAccount.create({ data: { ...own, status: "active" } }),
  );
  const moves = [move("tax", "bank:cash", 1n), move("tax", "receivable ten", 1n)];
  await post(ctx, entry("first", moves), entry("first of the other", moves, { book: other }));
  await foldLedger(ctx);
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

type Forged = { from: [string, string]; to: [string, string]; part: string; at: [string, string] };
const march = "2026-03-01T12:00:00Z";
const sound: Forged = {
  ...{ from: ["tax", platformBook], to: ["bank:cash", platformBook], part: "" },
  at: [march, march],
};

/** A move that is written by whoever has power over the database, and not through the door. */
async function forge(over: Partial<Forged>): Promise<void> {
  const { from, to, part, at } = { ...sound, ...over };
  const idOf = (code: string, book: string) =>
    `(select a.id from ledger_accounts a join ledger_books b on b.id = a.book_id
      where a.code = '${code}' and a.currency = 'usd' and b.key = '${book}')`;
  await superuser.query(
    `with entry as (
      insert into ledger_entries (book_id, reference, kind, effective_at, posted_at)
      select id, gen_random_uuid()::text, 'test.forged', $1::timestamptz, now() from ledger_books
      where key = 'platform' returning id)
    insert into ledger_moves (entry_id, position, from_account, to_account, from_subject,
      to_subject, minor, effective_at)
    select id, 0, ${idOf(...from)}, ${idOf(...to)}, '', $2, 1, $3::timestamptz from entry`,
    [at[0], part, at[1]],
  );
}

const unsound: Record<string, [Partial<Forged>, RegExp]> = {
  "out of another book": [{ from: ["tax", other] }, /stays in the book of its entry/],
  "into another book": [{ to: ["bank:cash", other] }, /stays in the book of its entry/],
  "that was so at another time than its entry": [
    { at: [march, "2026-03-01T12:00:01Z"] },
    /effective when its entry was/,
  ],
  "into an account with parts, of none": [
    { to: ["receivable", platformBook] },
    /receivable has parts/,
  ],
  "into a part of an account that is one": [{ part: "ten" }, /bank:cash is one account/],
};

test.each(Object.entries(unsound))("a move %s is refused past the door", async (_, row) => {
  const [over, message] = row;
  await expect(forge(over)).rejects.toThrow(message);
  await forge({});
});

test("a closed month is closed past the door too, to its last instant and no further", async () => {
  await closeBook(admin, { book: platformBook, through: "2024-12", reason: "It is over" });
  const [last, next] = ["2024-12-31T23:59:59.999Z", "2025-01-01T00:00:00Z"];
  await expect(forge({ at: [last, last] })).rejects.toThrow(/is closed before 2025-01-01/);
  await forge({ at: [next, next] });
});

/** The door as it is called by whoever makes the call up: two accounts, and moves between them. */
const call = (books: string[], holders: number[], moves: string[]) =>
  `select app.post_entries(array['${books.join("','")}'], array[1], array['${march}'::timestamptz],
    array[${holders}], array['tax', 'bank:cash'], array['usd', 'usd'], array[false, false],
    array['(1,${unique("made-up")},test.door,,,,,,,)'::app.ledger_head],
    array['${moves.join("','")}']::app.ledger_leg[], now())`;

test.each([
  ["into another book", [platformBook, other], [1, 2], '(1,0,1,"",2,"",1,)'],
  ["out of another book", [platformBook, other], [2, 1], '(1,0,1,"",2,"",1,)'],
  ["out of a part of an account that is one", [platformBook], [1, 1], '(1,0,1,ten,2,"",1,)'],
])("a move %s is refused at the door", async (_, books, holders, made) => {
  const posting = transact(ctx, "test.post", (tx) =>
    tx.$queryRawUnsafe(call(books as string[], holders as number[], [made as string])),
  );
  await expect(posting).rejects.toThrow(/of its book and of one currency, or names a part wrongly/);
});

test("what is written past the door is checked, also after something came through it", async () => {
  await superuser.query("begin");
  await superuser.query("select set_config('app.scope', 'system', true)");
  await superuser.query(call([platformBook], [1, 1], ['(1,0,1,"",2,"",1,)']));
  await expect(forge({ to: ["bank:cash", other] })).rejects.toThrow(/stays in the book/);
  await superuser.query("rollback");
});

const neverChanged = ["chart", "accounts", "entries", "moves", "seals", "closings"];

test.each(neverChanged)("nobody changes ledger_%s, or takes a row away", async (name) => {
  const table = `ledger_${name}`;
  const { rows } = await superuser.query(`select column_name as name from information_schema.columns
    where table_name = '${table}' order by ordinal_position limit 1`);
  for (const change of [
    `update ${table} set ${rows[0].name} = ${rows[0].name}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ]) {
    await superuser.query("begin");
    await expect(superuser.query(change), change).rejects.toThrow(/append-only/);
    await superuser.query("rollback");
  }
});

test("what was posted is no longer posted with a move more, or with one of them twice", async () => {
  const reference = unique("known");
  const known = entry(reference, [move("tax", "bank:cash", 5n)]);
  await post(ctx, known);
  const more = [...known.moves, move("tax", "bank:cash", 6n)];
  const twice = [...known.moves, ...known.moves];
  for (const moves of [more, twice]) {
    await expect(post(ctx, { ...known, moves })).rejects.toMatchObject({ code: "conflict" });
  }
});

test("an entry has moves, a reference and a kind, whatever it comes with", async () => {
  const moves = [move("tax", "bank:cash", 1n), move("tax", "bank:cash", 2n)];
  const good = entry(unique("good"), moves);
  const empty = post(ctx, good, entry(unique("empty"), []));
  await expect(empty).rejects.toMatchObject({ message: /at least one move/ });
  for (const nameless of [entry("", moves), entry(unique("x"), moves, { kind: "" })]) {
    await expect(post(ctx, good, nameless)).rejects.toMatchObject({
      ...{ code: "unprocessable", message: /a reference and a kind/ },
    });
  }
});

test("an entry corrects one of its own book", async () => {
  const corrects = "first of the other";
  const fix = entry(unique("fix"), [move("bank:cash", "tax", 1n)], { corrects });
  await expect(post(ctx, fix)).rejects.toMatchObject({ message: /not in the book/ });
  expect(await post(ctx, { ...fix, book: other })).toEqual([fix.reference]);
});

test("nothing is posted by whoever does not see what was closed since", async () => {
  const late = entry(unique("late"), [move("tax", "bank:cash", 1n)]);
  const posting = ctx.db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`select set_config('app.scope', 'system', true)`;
      return postEntries(tx, [late], ctx);
    },
    { isolationLevel: "RepeatableRead" },
  );
  await expect(posting).rejects.toThrow("read committed");
});

test("a month is closed once whoever posts is done, and not before", async () => {
  const waiting = `select from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  let closing: Promise<unknown> = Promise.resolve();
  await transact(ctx, "test.post", async (tx) => {
    await postEntries(tx, [entry(unique("posting"), [move("tax", "bank:cash", 1n)])], ctx);
    closing = closeBook(admin, { book: platformBook, through: "2025-01", reason: "Waits" });
    await expect
      .poll(async () => (await superuser.query(waiting)).rowCount, { timeout: 5_000 })
      .toBe(1);
  });
  await closing;
});
