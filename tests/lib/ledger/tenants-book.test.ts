import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { closeBook } from "#lib/ledger/close-book";
import { platformBook } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
import type { TenantContext } from "#lib/tenancy/context";
import { entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let superuser: Client;
let ctx: Context;
let north: TenantContext;

/** Every table of the ledger that is a book's, and by what its rows are one's own. */
const byBook = "book_id = (select id from ledger_books where key = $1)";
const byAccount = `account_id in (select id from ledger_accounts where ${byBook})`;
const owned: Record<string, string> = {
  ...{ ledger_books: "key = $1", ledger_accounts: byBook, ledger_entries: byBook },
  ...{ ledger_unfolded: byBook, ledger_closings: byBook },
  ledger_moves: byAccount.replace("account_id", "from_account"),
  ...{ ledger_balances: byAccount, ledger_days: byAccount, ledger_slices: byAccount },
};
const key = { north: unique("acct"), south: unique("acct") };

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  superuser = new Client({ connectionString: database.superUrl });
  await superuser.connect();
  const admin = await newAdmin(ctx, "finance");
  const owners = { north: await newOwner(ctx), south: await newOwner(ctx) };
  north = owners.north.owner;
  for (const side of ["north", "south"] as const) {
    const account = { accountId: key[side], profile: "saas", status: "active" } as const;
    const { tenantId } = owners[side].owner;
    await transact(ctx, "test.plant", (tx) =>
      tx.connectedAccount.create({ data: { ...account, tenantId, since: new Date() } }),
    );
  }
  const sold = [move("revenue:sales", "stripe:balance", 100n)];
  const early = { effectiveAt: new Date("2025-01-10") };
  const books = [platformBook, key.north, key.south];
  await post(ctx, ...books.map((book) => entry(unique("first"), sold, { book, ...early })));
  await foldLedger(ctx);
  for (const book of books) {
    await closeBook(admin, { book, through: "2025-01", reason: "It is over" });
  }
  // Not folded: what waits to be has rows too.
  await post(ctx, ...books.map((book) => entry(unique("second"), sold, { book })));
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

async function countAs(who: Context, table: string): Promise<number> {
  const [row] = await view(
    who,
    (tx) => tx.$queryRaw<{ count: number }[]>`
      select count(*)::integer as count from ${Prisma.raw(table)}`,
  );
  return row!.count;
}

test.each(Object.entries(owned))("a tenant reads of %s what is its own", async (table, where) => {
  const own = async (book: string) => {
    const { rows } = await superuser.query(
      `select count(*)::integer as count from ${table} where ${where}`,
      [book],
    );
    return rows[0].count as number;
  };
  const [mine, theirs] = [await own(key.north), await own(key.south)];
  expect(Math.min(mine, theirs, await own(platformBook))).toBeGreaterThan(0);
  expect(await countAs(north, table)).toBe(mine);
});

const counted = ["ledger_counts", "ledger_counted_balances", "ledger_counted_slices"];

test("seals and counts are the platform's, and the chart is everybody's", async () => {
  expect(await countAs(ctx, "ledger_seals")).toBeGreaterThanOrEqual(3);
  expect(await countAs(north, "ledger_seals")).toBe(0);
  const all = await superuser.query(
    `insert into ledger_counts (book_id, begun_at)
    select id, now() from ledger_books where key = $1`,
    [key.north],
  );
  expect(all.rowCount).toBe(1);
  expect(await countAs(ctx, "ledger_counts")).toBe(1);
  expect(await countAs(north, "ledger_counts")).toBe(0);
  expect(await countAs(north, "ledger_chart")).toBe(await countAs(ctx, "ledger_chart"));
});

test.each([...Object.keys(owned), ...counted, "ledger_seals", "ledger_chart"])(
  "nobody writes %s but through the ledger's own functions",
  async (table) => {
    const writes = [
      `insert into ${table} select * from ${table} limit 1`,
      `update ${table} set ${table === "ledger_chart" ? "kind = kind" : columnOf(table)}`,
      ...[`delete from ${table}`, `truncate ${table}`],
    ];
    for (const who of [north, ctx]) {
      for (const write of writes) {
        const attempt = view(who, (tx) => tx.$executeRaw`${Prisma.raw(write)}`);
        await expect(attempt, write).rejects.toThrow("42501");
      }
    }
  },
);

function columnOf(table: string): string {
  const columns: Record<string, string> = {
    ...{ ledger_books: "closed_before = null", ledger_accounts: "currency = currency" },
    ...{ ledger_entries: "kind = kind", ledger_moves: "minor = minor" },
    ...{ ledger_unfolded: "entries = entries", ledger_closings: "reason = reason" },
    ...{ ledger_balances: "minor = 0", ledger_seals: "digest = digest" },
    ...{ ledger_counts: "seal = 0", ledger_counted_balances: "minor = 0" },
  };
  return columns[table] ?? "debit = 0";
}
