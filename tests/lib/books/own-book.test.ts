import { afterAll, beforeAll, expect, test } from "vitest";
import { exportOwnJournal } from "#lib/books/export-own-journal";
import { getOwnEntry } from "#lib/books/get-own-entry";
import { getOwnStanding } from "#lib/books/get-own-standing";
import { getOwnStatements } from "#lib/books/get-own-statements";
import { getOwnVerdict } from "#lib/books/get-own-verdict";
import { listOwnEntries } from "#lib/books/list-own-entries";
import { listOwnMoves } from "#lib/books/list-own-moves";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { getStatements } from "#lib/ledger/get-statements";
import { readVerdict } from "#lib/reconciliation/read-verdict";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { type TenantRole, tenantRoles } from "#lib/tenancy/permissions";
import { entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let ctx: Context;
let admin: PlatformContext;
let mine: TenantContext;
let theirs: TenantContext;
let newcomer: TenantContext;
const [book, otherBook] = [unique("acct"), unique("acct")];

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  admin = await newAdmin(ctx, "finance");
  [mine, theirs, newcomer] = [await own(), await own(), await own()];
  await connect(mine, book);
  await connect(theirs, otherBook);
  const about = { tenantId: mine.tenantId, paymentId: "pi_1" };
  await post(
    ctx,
    entry("sold", [move("revenue:sales", "stripe:clearing ch_1", 10_000n)], { book, about }),
    entry(
      "settled",
      [
        move("stripe:clearing ch_1", "stripe:balance", 9_700n),
        move("stripe:clearing ch_1", "expense:processing", 300n),
      ],
      { book, about },
    ),
  );
  await foldLedger(ctx);
  // Not folded yet, of another's book, and of the platform's that is about this tenant.
  await post(
    ctx,
    entry("back", [move("stripe:balance", "contra:refunds", 500n)], { book }),
    entry("other", [move("revenue:sales", "stripe:balance", 77n)], { book: otherBook, about }),
    entry("fee", [move("revenue:application_fees", "stripe:balance", 88n)], { about }),
  );
});
afterAll(() => database.close());

async function own(): Promise<TenantContext> {
  return (await newOwner(ctx)).owner;
}

function connect({ tenantId }: TenantContext, accountId: string): Promise<unknown> {
  const data = { tenantId, accountId, profile: "saas", status: "active" as const };
  return transact(ctx, "test.plant", (tx) =>
    tx.connectedAccount.create({ data: { ...data, since: new Date() } }),
  );
}

const days = { from: "2026-03-01", to: "2026-03-31" };

test("a tenant reads its own book, to the cent as the console does", async () => {
  const { book: read, ...statements } = await getOwnStatements(mine, days);
  const { book: _, ...console } = await getStatements(admin, { book, ...days });
  expect(read.key).toBe(book);
  expect(statements).toEqual(console);
  expect(statements.incomeStatements[0]).toMatchObject({ net: 9_500n, result: 9_200n });
  const moves = await listOwnMoves(mine, { code: "stripe:balance", currency: "usd" });
  expect(moves.rows.map(({ minor }) => minor)).toEqual([-500n, 9_700n]);
});

test("what a year earned is kept apart from the next one's result", async () => {
  const sheetAt = async (to: string) => (await getOwnStatements(mine, { to })).balanceSheets[0];
  expect(await sheetAt("2026-12-31")).toMatchObject({ retained: 0n, ofYear: 9_200n });
  expect(await sheetAt("2027-01-31")).toMatchObject({ retained: 9_200n, ofYear: 0n });
});

test("it sees every entry of its book, and none of another's or of the platform's", async () => {
  const { rows } = await listOwnEntries(mine, {});
  expect(rows.map(({ reference }) => reference)).toEqual(["back", "settled", "sold"]);
  const found = await listOwnEntries(mine, { objectId: "pi_1" });
  expect(found.rows.map(({ reference }) => reference)).toEqual(["settled", "sold"]);
  const sold = await getOwnEntry(mine, { entryId: rows[2]!.id.toString() });
  // The same payment has entries in other books too.
  expect(sold.related.map(({ reference }) => reference)).toEqual(["settled"]);
  const other = (await listOwnEntries(theirs, {})).rows[0]!;
  for (const entryId of [other.id.toString(), "none"]) {
    await expect(getOwnEntry(mine, { entryId })).rejects.toMatchObject({ code: "not_found" });
  }
  const parts: string[] = [];
  for await (const part of await exportOwnJournal(mine, {})) parts.push(part);
  const journal = parts.join("");
  expect(journal).toContain("USD 97.00");
  expect(journal).not.toMatch(/USD 0\.(77|88)/);
});

test("before the first money there is no book, and that is said", async () => {
  const refused = { code: "not_found", message: expect.stringContaining("first money") };
  await expect(getOwnStatements(newcomer, {})).rejects.toMatchObject(refused);
  await expect(listOwnEntries(newcomer, {})).rejects.toMatchObject(refused);
});

test("a line about it has its own balances as they were last compared", async () => {
  expect(await getOwnStanding(mine)).toMatchObject({ balances: [], verdict: { books: 1 } });
  const at = { cutoff: "", cutoffAt: new Date(), checkedAt: new Date() };
  const rows = [
    { book, currency: "usd", stripeMinor: 1_234n, ledgerMinor: 1_234n, ...at },
    { book: otherBook, currency: "usd", stripeMinor: 9n, ledgerMinor: 9n, ...at },
  ];
  await transact(ctx, "test.plant", (tx) => tx.reconciledBalance.createMany({ data: rows }));
  const { balances } = await getOwnStanding(mine);
  expect(balances).toEqual([{ minor: 1_234n, currency: "usd" }]);
});

test("its standing is its own: in lockstep, unchecked, or broken by so much", async () => {
  const of = async (who: TenantContext) => {
    const { state, open, worth, books } = await getOwnVerdict(who);
    return [state, open, worth.map(({ minor }) => minor), books];
  };
  expect(await of(mine)).toEqual(["unchecked", 0, [], 1]);
  const checkedAt = new Date();
  await transact(ctx, "test.plant", async (tx) => {
    for (const key of [book, otherBook]) {
      const standing = { book: key, check: "balance", asked: 1n, checkedAt };
      await tx.reconciliationStanding.create({ data: standing });
    }
    const at = { since: checkedAt, foundAt: checkedAt, seenAt: checkedAt };
    const broken = { book: otherBook, tenantId: theirs.tenantId, check: "balance", evidence: {} };
    for (const [reference, differenceMinor] of [
      ["a", -30n],
      ["b", 12n],
    ] as const) {
      const kind = { kind: "amount", status: "open", currency: "usd", cause: "" } as const;
      const id = unique("brk");
      await tx.reconciliationBreak.create({
        data: { ...{ ...at, ...broken, ...kind, id, reference, differenceMinor } },
      });
    }
  });
  expect(await of(mine)).toEqual(["in lockstep", 0, [], 1]);
  expect(await of(theirs)).toEqual(["breaks", 2, [42n], 1]);
  const later = { ...mine, now: () => new Date(checkedAt.getTime() + 3 * 3_600_000) };
  expect((await of(later))[0]).toBe("unchecked");

  const all = (at: Date) => view(ctx, (tx) => readVerdict(tx, at));
  const before = await all(checkedAt);
  await transact(ctx, "test.disconnect", (tx) =>
    tx.connectedAccount.update({ where: { accountId: book }, data: { status: "disconnected" } }),
  );
  expect((await of(later))[0]).toBe("unchecked");
  const after = await all(later.now());
  expect([after.outOfReach, before.outOfReach, after.books - after.unchecked]).toEqual([1, 0, 1]);
});

const readers: readonly TenantRole[] = ["owner", "admin", "finance"];

test.each(tenantRoles)("as %s", async (role) => {
  const as = { ...mine, role };
  const reads = [
    () => getOwnStatements(as, {}),
    () => listOwnMoves(as, { code: "stripe:balance", currency: "usd" }),
    () => listOwnEntries(as, {}),
    () => getOwnEntry(as, { entryId: "none" }),
    () => exportOwnJournal(as, {}),
    () => getOwnVerdict(as),
    () => getOwnStanding(as),
  ];
  const answers = await Promise.allSettled(reads.map((read) => read()));
  const forbidden = answers.filter(
    (one) => one.status === "rejected" && one.reason.code === "forbidden",
  );
  expect(forbidden).toHaveLength(readers.includes(role) ? 0 : reads.length);
});
