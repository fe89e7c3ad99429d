import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { chart, isDebitNormal } from "#lib/ledger/chart";
import { account } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
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

/** How many entries have a reference. */
function countOf(reference: string): Promise<number> {
  return view(ctx, (tx) => tx.ledgerEntry.count({ where: { reference } }));
}

test("the database's chart and ours are one", async () => {
  const rows = await database.db.prisma.ledgerChart.findMany();
  const kept = Object.fromEntries(rows.map(({ code, kind, keptBy }) => [code, { kind, keptBy }]));
  const ours = Object.entries(chart).map(([code, { kind, keptBy }]) => [code, { kind, keptBy }]);
  expect(kept).toEqual(Object.fromEntries(ours));
});

test("assets, expenses, refunds and what nobody explains grow when they receive", () => {
  const grow = Object.values(chart).filter(({ kind }) => isDebitNormal(kind));
  expect(new Set(grow.map(({ kind }) => kind))).toEqual(
    new Set(["asset", "expense", "contra", "suspense"]),
  );
});

test("what is posted is read at once, folded or not", async () => {
  const [tenant, invoice] = [unique("ten"), unique("in")];
  const moves = [
    move("revenue:usage", `receivable ${tenant}`, 10_000n),
    move("tax", `receivable ${tenant}`, 2_000n),
  ];
  expect(await post(ctx, entry(invoice, moves))).toEqual([invoice]);
  const open = { [`receivable ${tenant} usd`]: 12_000n };
  expect(await balancesOf(ctx, { code: "receivable", subject: tenant })).toEqual(open);
  expect(await foldLedger(ctx)).toBeGreaterThan(0);
  expect(await balancesOf(ctx, { code: "receivable", subject: tenant })).toEqual(open);
});

test("a reference is posted once, whoever posts it again and in whatever order", async () => {
  const reference = unique("charge");
  const moves = [move("tax", "bank:cash", 5n), move("payable ten", "bank:cash", 6n)];
  const twice = await Promise.all(
    Array.from({ length: 8 }, () => post(ctx, entry(reference, moves))),
  );
  expect(twice.flat()).toEqual([reference]);
  expect(await post(ctx, entry(reference, moves.toReversed()))).toEqual([]);
  const other = post(ctx, entry(reference, [move("tax", "bank:cash", 5n)]));
  await expect(other).rejects.toMatchObject({ code: "conflict", message: /other moves/ });
});

test("one batch may name a fact twice, and no fact as two", async () => {
  const reference = unique("charge");
  const one = entry(reference, [move("tax", "bank:cash", 1n)]);
  expect(await post(ctx, one, one, entry(`${reference}:2`, [...one.moves]))).toEqual([
    reference,
    `${reference}:2`,
  ]);
  const other = entry(unique("charge"), [move("tax", "bank:cash", 1n)]);
  const twice = post(ctx, other, { ...other, moves: [move("tax", "bank:cash", 2n)] });
  await expect(twice).rejects.toMatchObject({ code: "conflict" });
});

const most = 2n ** 63n - 1n;
const refused = {
  zero: { moves: [move("tax", "bank:cash", 0n)], message: /more than zero/ },
  "a negative amount": { moves: [move("tax", "bank:cash", -1n)], message: /more than zero/ },
  "more than a bigint holds": { moves: [move("tax", "bank:cash", most + 1n)], message: /2\^63/ },
  nothing: { moves: [], message: /at least one move/ },
  "a move that goes nowhere": { moves: [move("tax", "tax", 1n)], message: /two accounts/ },
  "an account that is not in the chart": {
    moves: [move("revenue:dreams", "bank:cash", 1n)],
    message: /no account revenue:dreams/,
  },
  "a part of an account that is one": {
    moves: [move("tax ten_1", "bank:cash", 1n)],
    message: /tax is one account/,
  },
  "an account of many parts without saying which": {
    moves: [move("tax", "receivable", 1n)],
    message: /receivable has parts/,
  },
  "a currency that is none": {
    moves: [move("tax", "bank:cash", 1n, "dollars" as never)],
    message: /ISO 4217/,
  },
} as const;

test.each(Object.entries(refused))("%s is refused, and so is all it comes with", async (_, row) => {
  const [good, bad] = [unique("good"), unique("bad")];
  const batch = [entry(good, [move("tax", "bank:cash", 1n)]), entry(bad, [...row.moves])];
  await expect(post(ctx, ...batch)).rejects.toMatchObject({
    name: "Refusal",
    message: expect.stringMatching(row.message),
  });
  expect(await countOf(good)).toBe(0);
});

test("a book nobody has, and a correction of nothing, are refused", async () => {
  const moves = [move("tax", "bank:cash", 1n)];
  const nobody = post(ctx, entry(unique("x"), moves, { book: "acct_nobody" }));
  await expect(nobody).rejects.toMatchObject({ message: /no book acct_nobody/ });
  const nothing = post(ctx, entry(unique("x"), moves, { corrects: "nothing" }));
  await expect(nothing).rejects.toMatchObject({ message: /not in the book/ });
});

const past = (from: string, to: string, minor = 1n): [string, bigint] => [
  `with entry as (
    insert into ledger_entries (book_id, reference, kind, effective_at, posted_at)
    select id, gen_random_uuid()::text, 'test.forged', '2026-03-01', now() from ledger_books
    where key = 'platform' returning *)
  insert into ledger_moves (entry_id, position, from_account, to_account, from_subject, to_subject,
    minor, effective_at)
  select entry.id, 0, (${from}), (${to}), '', '', $1::bigint, entry.effective_at from entry`,
  minor,
];
const idOf = (code: string, currency: string, book = "platform") =>
  `select a.id from ledger_accounts a join ledger_books b on b.id = a.book_id
    where a.code = '${code}' and a.currency = '${currency}' and b.key = '${book}'`;
const pastTheDoor: Record<string, { write: [string, bigint]; message: RegExp }> = {
  "between two currencies": {
    write: past(idOf("tax", "usd"), idOf("bank:cash", "eur")),
    message: /from tax in usd to bank:cash in eur: a move is of one currency/,
  },
  "of nothing": {
    write: past(idOf("tax", "usd"), idOf("bank:cash", "usd"), 0n),
    message: /ledger_moves_positive/,
  },
  "of less than nothing": {
    write: past(idOf("tax", "usd"), idOf("bank:cash", "usd"), -1n),
    message: /ledger_moves_positive/,
  },
  "to itself": {
    write: past(idOf("tax", "usd"), idOf("tax", "usd")),
    message: /a move is between two accounts, and this is one/,
  },
  "of an account with parts, without one": {
    write: past(idOf("receivable", "usd"), idOf("tax", "usd")),
    message: /receivable has parts/,
  },
};

test.each(Object.entries(pastTheDoor))("a move %s is refused past the door too", async (_, row) => {
  await post(
    ctx,
    entry(unique("usd"), [move("tax", "bank:cash", 1n), move("tax", "receivable ten", 1n)]),
    entry(unique("eur"), [move("tax", "bank:cash", 1n, "eur")]),
  );
  const [sql, minor] = row.write;
  await expect(superuser.query(sql, [minor.toString()])).rejects.toThrow(row.message);
});

test("whoever calls the door with places that do not fit is refused", async () => {
  const call = (holder: number, money: string, move: string) =>
    transact(
      ctx,
      "test.post",
      (tx) => tx.$queryRaw`select app.post_entries(array['platform'], array[1], array[now()],
        array[1, ${holder}::integer, 1], array['tax', 'receivable', 'tax'],
        array['usd', ${money}, 'usd'], array[false, true, false],
        array['(1,door,test.door,,,,,,,)'::app.ledger_head],
        array[${move}::app.ledger_leg], now())`,
    );
  await expect(call(1, "eur", '(1,0,1,"",2,ten,1,)')).rejects.toThrow(/one currency/);
  await expect(call(1, "usd", '(1,0,1,"",2,"",1,)')).rejects.toThrow(/names a part wrongly/);
  await expect(call(1, "usd", '(1,0,1,"",3,"",1,)')).rejects.toThrow(/between two accounts/);
  await expect(call(1, "usd", '(1,0,1,"",2,,1,)')).rejects.toThrow(/names a part wrongly/);
  await expect(call(1, "usd", '(2,0,1,"",2,ten,1,)')).rejects.toThrow();
  await expect(call(7, "usd", '(1,0,1,"",2,ten,1,)')).rejects.toThrow();
  expect(await countOf("door")).toBe(0);
});

test("text is kept to the letter, whatever it holds", async () => {
  const odd = unique(`a "quoted" \\ one, (with) {braces}, ' and  a line\nbreak é 💶`);
  const posted = entry(
    odd,
    [{ ...move("tax", "receivable ten", 7n), to: account("receivable", odd), plan: odd }],
    {
      about: { tenantId: odd, country: "", objectId: odd },
    },
  );
  expect(await post(ctx, posted)).toEqual([odd]);
  const kept = await view(ctx, (tx) =>
    tx.ledgerEntry.findFirstOrThrow({ where: { reference: odd } }),
  );
  expect(kept).toMatchObject({ aboutTenantId: odd, country: "", objectId: odd, customerId: null });
  const moves = await view(ctx, (tx) => tx.ledgerMove.findMany({ where: { entryId: kept.id } }));
  expect(moves).toMatchObject([{ toSubject: odd, plan: odd, minor: 7n }]);
});

test("amounts at the bound of a bigint add up beyond it", async () => {
  const moves = [move("equity:owner", "bank:cash", most, "kwd")];
  await post(ctx, entry(unique("most"), moves), entry(unique("most"), moves));
  const sums = { "equity:owner kwd": -2n * most, "bank:cash kwd": 2n * most };
  expect(await balancesOf(ctx, { currency: "kwd" })).toEqual(sums);
  await foldLedger(ctx);
  expect(await balancesOf(ctx, { currency: "kwd" })).toEqual(sums);
});

test("posting needs the newest view, which an older one is not", async () => {
  const attempt = ctx.db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`select set_config('app.scope', 'system', true)`;
      return tx.$queryRaw`select app.hold_book('platform', false)`;
    },
    { isolationLevel: "RepeatableRead" },
  );
  await expect(attempt).rejects.toThrow("read committed");
});

test("only the platform posts, folds and closes", async () => {
  const scope = { kind: "tenant", tenantId: "ten_1", userId: "usr_1" } as const;
  const tenant = { ...ctx, scope };
  await expect(post(tenant, entry("x", [move("tax", "bank:cash", 1n)]))).rejects.toThrow("42501");
  await expect(foldLedger(tenant)).rejects.toThrow("42501");
  const close = transact(
    tenant,
    "test.close",
    (tx) => tx.$queryRaw`select app.close_book('platform', 'x', '2026-01-01', '', '', now())::text`,
  );
  await expect(close).rejects.toThrow("42501");
});
