import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { type AccountCode, accountCodes, chart } from "#lib/ledger/chart";
import { closeBook, listClosings, reopenBook } from "#lib/ledger/close-book";
import { type Entry, type Move, platformBook } from "#lib/ledger/entry";
import { exportJournal } from "#lib/ledger/export-journal";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { getEntry } from "#lib/ledger/get-entry";
import { getStatements } from "#lib/ledger/get-statements";
import { listEntries } from "#lib/ledger/list-entries";
import { listMoves } from "#lib/ledger/list-moves";
import { listOpen } from "#lib/ledger/list-open";
import type { AsOf } from "#lib/ledger/read-balances";
import { verifyLedger } from "#lib/ledger/verify-ledger";
import { postOpen } from "#lib/ledger-rules/post-open";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import type { PlatformContext } from "#lib/tenancy/context";
import { balancesOf, entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, unique } from "#tests/support/people";

let database: TestDatabase;
let ctx: Context;
let admin: PlatformContext;
let superuser: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  admin = await newAdmin(ctx, "finance");
  superuser = new Client({ connectionString: database.superUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

const on = (day: string) => new Date(`${day}T12:00:00Z`);
const subjects = ["a", "b", "c"];
const anyAccount = fc
  .tuple(fc.constantFrom(...accountCodes), fc.constantFrom(...subjects))
  .map(([code, subject]) => ({ code, subject: chart[code].keptBy ? subject : "" }));
const anyMove: fc.Arbitrary<Move> = fc
  .record({
    from: anyAccount,
    to: anyAccount,
    minor: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
    currency: fc.constantFrom("usd" as const, "jpy" as const, "kwd" as const),
  })
  .filter(({ from, to }) => from.code !== to.code || from.subject !== to.subject);
const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    moves: fc.array(anyMove, { minLength: 1, maxLength: 4 }),
    day: fc.integer({ min: 0, max: 89 }),
    number: fc.integer({ min: 0, max: 150 }),
  })
  .map(({ moves, day, number }) =>
    entry(`random:${number}:${day}`, moves, {
      effectiveAt: new Date(Date.UTC(2025, 0, 1 + day, 5)),
    }),
  );

test("whoever posts, folds and reads at once, every view of a book balances", async () => {
  const seed = Number(process.env.LEDGER_SEED ?? Date.now() % 1e9);
  const entries = fc.sample(anyEntry, { seed, numRuns: 1_200 });
  const accepted: Entry[] = [];
  const queue = [...entries, ...entries.slice(0, 200)];
  let isOver = false;
  const poster = async () => {
    for (let batch = queue.splice(0, 7); batch.length; batch = queue.splice(0, 7)) {
      const once = [...new Map(batch.map((one) => [one.reference, one])).values()];
      const posted = await post(ctx, ...once).catch((error): string[] => {
        // Two random entries may share a reference and differ: then the batch is refused whole.
        expect(error).toMatchObject({ name: "Refusal", code: "conflict" });
        return [];
      });
      accepted.push(...once.filter(({ reference }) => posted.includes(reference)));
    }
  };
  const looker = async () => {
    for (let turn = 0; !isOver; turn += 1) {
      const sums = sumByCurrency(await balancesOf(ctx));
      expect(sums, `seed ${seed}`).toEqual(sums.map(() => 0n));
      if (turn % 2) await foldLedger(ctx);
    }
  };
  const looking = looker();
  await Promise.all([poster(), poster(), poster(), poster()]).finally(() => {
    isOver = true;
  });
  await looking;
  expect(accepted.length).toBeGreaterThan(500);
  const expected = balancesFrom(accepted);
  expect(await balancesOf(ctx), `seed ${seed}`).toEqual(expected);
  await foldLedger(ctx);
  expect(await balancesOf(ctx), `seed ${seed}`).toEqual(expected);
  expect(await verifyLedger(ctx, { book: platformBook })).toEqual([]);

  const cut = new Date("2025-02-10T05:00:00Z");
  const early = balancesFrom(accepted.filter(({ effectiveAt }) => effectiveAt < cut));
  expect(await balancesOf(ctx, { at: { effective: cut } })).toEqual(early);
});

test("the trial balance of any day is the sum of what was so by then", async () => {
  const { trialBalances } = await getStatements(admin, { book: platformBook, to: "2025-02-10" });
  expect(trialBalances.length).toBeGreaterThan(0);
  const kept = await balancesOf(ctx, { at: { effective: new Date("2025-02-11T00:00:00Z") } });
  for (const { currency, lines, debit, credit } of trialBalances) {
    expect(debit).toBe(credit);
    for (const { code, debit, credit } of lines) {
      const parts = Object.entries(kept).filter(
        ([name]) => name.startsWith(`${code} `) && name.endsWith(` ${currency}`),
      );
      expect(debit - credit).toBe(parts.reduce((sum, [, minor]) => sum + minor, 0n));
    }
  }
});

test("what a book has is what it owes and earned, in every currency", async () => {
  const { balanceSheets, incomeStatements } = await getStatements(admin, {
    ...{ book: platformBook, from: "2025-01-01" },
  });
  for (const sheet of balanceSheets) {
    expect(sheet.totalAssets).toBe(sheet.totalOwed);
    const income = incomeStatements.find(({ currency }) => currency === sheet.currency);
    expect(income?.result ?? 0n).toBe(sheet.result);
  }
});

test("what earlier years earned is retained, and a year begins with nothing", async () => {
  const earning = [move("revenue:other", "bank:cash", 12_345n, "jpy")];
  await post(ctx, entry(unique("new-year"), earning, { effectiveAt: on("2026-01-05") }));
  const of = async (to: string) => {
    const { balanceSheets, incomeStatements } = await getStatements(admin, {
      ...{ book: platformBook, to },
    });
    const sheet = balanceSheets.find(({ currency }) => currency === "jpy")!;
    const income = incomeStatements.find(({ currency }) => currency === "jpy");
    return { ...sheet, earned: income?.result ?? 0n };
  };
  const [first, last, next] = [
    await of("2025-02-10"),
    await of("2025-12-31"),
    await of("2026-01-05"),
  ];
  expect(first).toMatchObject({ retained: 0n, ofYear: first.earned, result: first.earned });
  expect(last).toMatchObject({ retained: 0n, ofYear: last.result });
  expect(last.result).not.toBe(0n);
  expect(next).toMatchObject({ retained: last.result, ofYear: 12_345n, earned: 12_345n });
  expect(next.totalAssets).toBe(next.totalOwed);
});

test("when it was so and when it was written are two times, and either can be asked", async () => {
  const subject = unique("ten");
  const moves = [move("revenue:usage", `receivable ${subject}`, 700n)];
  const before = new Date();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await post(ctx, entry(unique("late"), moves, { effectiveAt: on("2025-12-30") }));
  const owed = (at: AsOf) => balancesOf(ctx, { code: "receivable", subject, at });
  const found = { [`receivable ${subject} usd`]: 700n };
  expect(await owed({ effective: on("2025-12-29") })).toEqual({});
  expect(await owed({ effective: on("2025-12-31") })).toEqual(found);
  expect(await owed({ posted: before })).toEqual({});
  expect(await owed({ posted: new Date(Date.now() + 1) })).toEqual(found);
});

const hasHledger = spawnSync("hledger", ["--version"]).status === 0;

test.skipIf(!hasHledger)(
  "hledger accepts the journal and agrees to the cent (skipped where it is not installed)",
  async () => {
    let journal = "";
    for await (const piece of await exportJournal(admin, { book: platformBook })) journal += piece;
    const balance = ["-f", "-", "balance", "--flat", "--no-total", "-O", "csv"];
    const printed = execFileSync("hledger", balance, { input: journal, encoding: "utf8" });
    expect(sortedLines(printed)).toEqual(await expectedLines());
    expect(
      execFileSync("hledger", ["-f", "-", "check", "commodities"], {
        input: journal,
      }).toString(),
    ).toBe("");
  },
);

test("a closed month refuses whoever posts into it, and opens again with a reason", async () => {
  const late = (reference: string) =>
    entry(reference, [move("tax", "bank:cash", 1n)], { effectiveAt: on("2025-03-05") });
  const known = late(unique("known"));
  await post(ctx, known);
  await closeBook(admin, { book: platformBook, through: "2025-03", reason: "Quarter's end" });

  await expect(post(ctx, late(unique("late")))).rejects.toMatchObject({
    ...{ name: "Refusal", code: "conflict", message: /closed before 2025-04-01/ },
  });
  expect(await post(ctx, known)).toEqual([]);
  // What a rule hears of late is not refused: it belongs to the first month that is open.
  const heard = late(unique("heard"));
  expect(await transact(ctx, "test.post", (tx) => postOpen(tx, [heard], ctx))).toEqual(
    new Set([heard.reference]),
  );
  const { rows } = await listEntries(admin, { reference: heard.reference });
  expect(rows[0]!.effectiveAt).toEqual(new Date("2025-04-01T00:00:00Z"));
  const next = { ...late(unique("next")), effectiveAt: new Date("2025-04-01T00:00:00Z") };
  expect(await post(ctx, next)).toHaveLength(1);

  const reopen = { book: platformBook, from: "2025-03", reason: "A late fee" };
  await reopenBook(admin, reopen);
  expect(await post(ctx, late(unique("late")))).toHaveLength(1);
  await expect(reopenBook(admin, reopen)).rejects.toMatchObject({ code: "conflict" });
  const acts = await listClosings(admin, { book: platformBook });
  const kept = await superuser.query(
    "select totals, closed_before from ledger_closings where reason = 'Quarter''s end'",
  );
  const { trialBalances } = await getStatements(admin, { book: platformBook, to: "2025-03-31" });
  // One entry more than at the close: what was posted since it was opened again.
  const [usd] = trialBalances.filter(({ currency }) => currency === "usd");
  // Both sides of what waits to be folded count, as of what is.
  expect(usd!.debit).toBe(usd!.credit);
  const cash = usd!.lines.find(({ code }) => code === "bank:cash")!;
  const closed = (kept.rows[0].totals as { code: string; currency: string; minor: string }[]).find(
    ({ code, currency }) => code === "bank:cash" && currency === "usd",
  )!;
  expect(BigInt(closed.minor) + 1n).toBe(cash.debit - cash.credit);
  for (const change of ["update ledger_closings set reason = ''", "delete from ledger_closings"]) {
    await expect(superuser.query(change)).rejects.toThrow();
  }
  expect(acts.map(({ reason }) => reason)).toEqual(["A late fee", "Quarter's end"]);
});

test("a month that is not over is not closed, nor by those who may not", async () => {
  const now = ctx.now().toISOString().slice(0, 7);
  const early = closeBook(admin, { book: platformBook, through: now, reason: "Too early" });
  await expect(early).rejects.toMatchObject({ code: "unprocessable", message: /is not over/ });
  const support = { ...admin, platformRole: "support" } as const;
  const close = closeBook(support, { book: platformBook, through: "2025-01", reason: "May I" });
  await expect(close).rejects.toMatchObject({ code: "forbidden" });
});

test("closing waits for whoever is posting into the month", async () => {
  let isClosed = false;
  let closing: Promise<unknown> = Promise.resolve();
  await view(ctx, async (tx) => {
    await tx.$queryRaw`select app.hold_book('platform', false)::text`;
    closing = closeBook(admin, { book: platformBook, through: "2025-06", reason: "Waits" }).then(
      () => {
        isClosed = true;
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(isClosed).toBe(false);
  });
  await closing;
  expect(isClosed).toBe(true);
});

test("what is open is listed by age, and gone once it returned to zero", async () => {
  const [first, second] = [unique("ch"), unique("ch")];
  const [older, newer] = [on("2026-02-01"), on("2026-02-02")];
  await post(
    ctx,
    entry(first, [move("tax", `stripe:clearing ${first}`, 5n)], { effectiveAt: older }),
    entry(second, [move("tax", `stripe:clearing ${second}`, 6n)], { effectiveAt: newer }),
  );
  const open = async () => {
    const since = { since: on("2026-01-31"), subject: "", currency: "usd" } as const;
    const query = { book: platformBook, code: "stripe:clearing", limit: 10, after: since } as const;
    const items = await view(ctx, (tx) => listOpen(tx, query));
    return items.map(({ subject, minor }) => [subject, minor]);
  };
  const both = [
    [first, 5n],
    [second, 6n],
  ];
  expect(await open()).toEqual(both);
  await foldLedger(ctx);
  expect(await open()).toEqual(both);
  await post(
    ctx,
    entry(`${first}:settled`, [move(`stripe:clearing ${first}`, "stripe:balance", 5n)]),
  );
  expect(await open()).toEqual([[second, 6n]]);
  await foldLedger(ctx);
  expect(await open()).toEqual([[second, 6n]]);
});

test("an account's moves page to the last, and each leads to its entry", async () => {
  const subject = unique("ten");
  const entries = Array.from({ length: 60 }, (_, number) =>
    entry(`${subject}:${number}`, [move("revenue:usage", `receivable ${subject}`, 1n)], {
      about: { objectId: subject, tenantId: subject },
    }),
  );
  await post(ctx, ...entries);
  const query = { book: platformBook, code: "receivable", currency: "usd", subject } as const;
  const seen: bigint[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listMoves>> = await listMoves(admin, {
      ...query,
      ...(cursor && { cursor }),
    });
    seen.push(...page.rows.map(({ entryId }) => entryId));
    cursor = page.next;
  } while (cursor);
  expect(new Set(seen).size).toBe(60);

  const fix = entry(unique("fix"), [move(`receivable ${subject}`, "revenue:usage", 1n)], {
    corrects: `${subject}:0`,
  });
  await post(ctx, fix);
  const { rows } = await listEntries(admin, { reference: `${subject}:0` });
  const full = await getEntry(admin, { id: rows[0]!.id.toString() });
  expect(full.correctedBy.map(({ reference }) => reference)).toEqual([fix.reference]);
  expect(full.related).toHaveLength(50);
  expect(full.moves).toEqual([...entries[0]!.moves]);
  await expect(getEntry(admin, { id: "nothing" })).rejects.toMatchObject({ code: "not_found" });
});

const tampering: [string, string, string][] = [
  [
    "deletes an entry",
    "delete from ledger_moves where entry_id = $1; delete from ledger_entries where id = $1",
    "entries_missing",
  ],
  [
    "changes an amount",
    "update ledger_moves set minor = minor + 1 where entry_id = $1",
    "entries_changed",
  ],
  [
    "changes a day",
    "update ledger_entries set effective_at = now() where id = $1",
    "entries_changed",
  ],
  [
    "adds an entry past the door",
    `insert into ledger_entries (book_id, reference, kind, effective_at, posted_at)
      select book_id, 'forged', kind, effective_at, posted_at from ledger_entries where id = $1`,
    "entries_unsealed",
  ],
  [
    "raises a balance",
    `update ledger_balances set minor = minor + 1
      where account_id = (select to_account from ledger_moves where entry_id = $1)`,
    "balance_differs",
  ],
  ["takes a seal away", "delete from ledger_seals where entries @> $1::bigint", "seal_missing"],
];

test.each(tampering)("a superuser who %s is found out", async (_what, sql, kind) => {
  const reference = unique("victim");
  await post(ctx, entry(reference, [move("tax", "bank:cash", 3n)]));
  await foldLedger(ctx);
  await post(ctx, entry(`${reference}:later`, [move("tax", "bank:cash", 3n)]));
  await foldLedger(ctx);
  const { rows } = await superuser.query("select id from ledger_entries where reference = $1", [
    reference,
  ]);
  const before = await faultsOf(platformBook);
  await superuser.query("set session_replication_role = replica");
  for (const one of sql.split("; ")) await superuser.query(one, [rows[0].id]);
  await superuser.query("set session_replication_role = origin");
  const after = await faultsOf(platformBook);
  const found = after.filter((fault) => !before.includes(fault));
  expect(found.map((fault) => fault.split(" ")[0])).toContain(kind);
});

async function faultsOf(book: string): Promise<string[]> {
  const faults = await verifyLedger(ctx, { book });
  return faults!.map((fault) => `${fault.kind} ${Object.values(fault).join(" ")}`);
}

/** What the accounts must hold after these entries, as `balancesOf` says it. */
function balancesFrom(entries: readonly Entry[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { from, to, minor, currency } of entries.flatMap(({ moves }) => moves)) {
    for (const [{ code, subject }, adds] of [
      [to, minor],
      [from, -minor],
    ] as const) {
      const name = [code, subject, currency].filter(Boolean).join(" ");
      sums[name] = (sums[name] ?? 0n) + adds;
    }
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

function sumByCurrency(balances: Record<string, bigint>): bigint[] {
  const sums = new Map<string, bigint>();
  for (const [name, minor] of Object.entries(balances)) {
    const currency = name.split(" ").at(-1)!;
    sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  }
  return [...sums.values()];
}

/** Our balances as hledger's table of accounts prints them, a line an account and currency. */
async function expectedLines(): Promise<string[]> {
  const parents: Record<string, string> = {
    ...{ asset: "assets", suspense: "assets:unexplained", liability: "liabilities" },
    ...{ equity: "equity", income: "revenues", contra: "revenues:less", expense: "expenses" },
  };
  return Object.entries(await balancesOf(ctx))
    .map(([name, minor]) => {
      const [code, ...rest] = name.split(" ") as [AccountCode, ...string[]];
      const currency = rest.pop()! as "usd";
      const amount = `${currency.toUpperCase()} ${toDecimal(money(minor, currency))}`;
      return `${[parents[chart[code].kind], code, ...rest].join(":")} ${amount}`;
    })
    .sort();
}

/** hledger puts the currencies of an account into one cell. */
function sortedLines(csv: string): string[] {
  const lines = csv.trim().split("\n").slice(1);
  return lines
    .flatMap((line) => {
      const [, name, amounts] = /^"(.*)","(.*)"$/.exec(line)!;
      return amounts!.split(", ").map((amount) => `${name} ${amount}`);
    })
    .sort();
}

test("folding takes so many entries at a time, or one posting, until nothing is left", async () => {
  const many = (name: string) =>
    Array.from({ length: 4 }, (_, n) => {
      const moves = [move("revenue:sales", "stripe:balance", 100n)];
      return entry(`fold:${name}:${n}`, moves);
    });
  await foldLedger(ctx);
  const held = async () => (await balancesOf(ctx))["stripe:balance usd"] ?? 0n;
  const before = await held();
  for (const name of ["a", "b", "c"]) await post(ctx, ...many(name));
  const fold = (most: number) =>
    transact(ctx, "test.fold", async (tx) => {
      const [row] = await tx.$queryRaw<[{ folded: number }]>`
        select app.fold_ledger(${most}, ${new Date()}) as folded`;
      return row.folded;
    });
  expect([await fold(5), await fold(1), await fold(1)]).toEqual([8, 4, 0]);
  expect((await held()) - before).toBe(1_200n);
});
