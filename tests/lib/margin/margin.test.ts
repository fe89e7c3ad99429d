import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { accountCodes, chart } from "#lib/ledger/chart";
import type { About, Entry, Move } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
import { getStatements } from "#lib/ledger/get-statements";
import { earnedOf, type Figures, figureNames, figureOf, shareBps } from "#lib/margin/figures";
import { getMargin } from "#lib/margin/get-margin";
import { dimensionNames, marginMoveQuery, marginQuery, spanOf } from "#lib/margin/input";
import { listMarginMoves } from "#lib/margin/list-margin-moves";
import { exportMargin } from "#lib/margin/margin-csv";
import type { PlatformContext } from "#lib/tenancy/context";
import { entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let ctx: Context;
let admin: PlatformContext;
let [seller, other] = ["", ""];
const book = unique("acct");
const planVersion = unique("plv");

const days = { from: "2026-03-01", to: "2026-03-31" };
const card: About = { country: "CH", method: "card" };

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
  admin = await newAdmin(ctx, "finance");
  seller = (await newOwner(ctx)).owner.tenantId;
  other = (await newOwner(ctx)).owner.tenantId;
  await transact(ctx, "test.plant", plant);
  await post(ctx, ...sales(), ...billing());
  await foldLedger(ctx);
  // What comes later is not folded: figures hold it all the same.
  await post(ctx, ...later());
});
afterAll(() => database.close());

async function plant(tx: Parameters<Parameters<typeof transact>[2]>[0]) {
  const at = new Date();
  await tx.connectedAccount.create({
    data: { tenantId: seller, accountId: book, profile: "saas", status: "active", since: at },
  });
  const plan = { id: unique("pln"), key: "growth", name: "Growth", description: "", position: 9 };
  await tx.plan.create({ data: { ...plan, createdAt: at } });
  const version = { id: planVersion, planId: plan.id, number: 1, features: [], createdAt: at };
  await tx.planVersion.create({ data: { ...version, status: "published" } });
  const common = { instant: at, object: {} };
  await tx.subscription.create({
    data: {
      ...{ ...common, id: unique("sub"), tenantId: seller, versionId: planVersion },
      ...{ status: "active", currency: "usd", interval: "month", createdAt: at },
    },
  });
  await tx.stripeTransfer.create({
    data: { ...common, id: "tr_passed", tenantId: seller, sourceTransactionId: "ch_passed" },
  });
  await tx.stripeCharge.create({
    data: {
      ...{ ...common, account: book, id: "py_passed", tenantId: seller },
      object: { source_transfer: "tr_passed" },
    },
  });
}

/** A direct charge with its fee, and a destination charge, as the rules post them. */
function sales(): Entry[] {
  const of = { tenantId: seller };
  const direct = { ...of, ...card, paymentId: "pi_direct", objectId: "ch_direct" };
  const passed = { ...of, country: "FR", method: "link", paymentId: "pi_p", objectId: "ch_passed" };
  return [
    entry("direct", [move("revenue:sales", "stripe:clearing ch_direct", 10_000n)], {
      ...{ book, about: direct },
    }),
    entry("direct:fee", [move("revenue:application_fees", "stripe:clearing fee", 1_000n)], {
      about: { ...of, paymentId: "ch_direct", objectId: "fee" },
    }),
    entry(
      "passed",
      [
        move(`payable ${seller}`, "stripe:clearing ch_passed", 20_000n),
        move("revenue:application_fees", `payable ${seller}`, 500n),
      ],
      { about: passed },
    ),
    // The balance transaction names its charge alone, as those of the platform do.
    entry("passed:settled", [move("stripe:clearing ch_passed", "expense:processing", 610n)], {
      about: { paymentId: "ch_passed", objectId: "txn_passed" },
    }),
    entry("passed:received", [move("revenue:sales", "stripe:clearing py_passed", 20_000n)], {
      ...{ book, about: { ...of, paymentId: "py_passed", objectId: "py_passed" } },
    }),
  ];
}

function billing(): Entry[] {
  const onPlan = (one: Move): Move => ({ ...one, plan: planVersion });
  const earned = (whose: string, minor: bigint) =>
    onPlan(move("revenue:subscription", `deferred ${whose}`, minor));
  const paid = { tenantId: other, country: "DE", method: "sepa_debit" };
  return [
    entry("earned", [earned(seller, 3_300n)], { about: { tenantId: seller } }),
    entry("earned:other", [earned(other, 4_400n)], { about: { tenantId: other } }),
    entry("paid", [move(`receivable ${other}`, "stripe:clearing py_bill", 9_900n)], {
      about: { ...paid, paymentId: "pi_bill", objectId: "py_bill" },
    }),
    entry("paid:settled", [move("stripe:clearing py_bill", "expense:processing", 90n)], {
      about: { paymentId: "py_bill", objectId: "txn_bill" },
    }),
    entry("lost", [move("disputed du_1", "expense:dispute_losses", 700n)], {
      about: { tenantId: seller, ...card, objectId: "du_1" },
    }),
    entry("lost:fee", [move("stripe:balance", "expense:disputes", 1_500n)], {
      about: { paymentId: "du_1", objectId: "txn_du" },
    }),
    entry("outside", [move("revenue:usage", `receivable ${seller}`, 77n)], {
      ...{ about: { tenantId: seller }, effectiveAt: new Date("2026-04-01T00:00:00Z") },
    }),
    entry("euros", [move("revenue:usage", `receivable ${seller}`, 55n, "eur")]),
  ];
}

/** Every account of the chart once, some of nobody's, and a fee that goes back. */
function later(): Entry[] {
  const results = accountCodes.filter((code) => code in figureOf);
  const every = results.map((code, index) =>
    entry(
      `every:${code}`,
      chart[code].kind === "income"
        ? [move(code, "stripe:balance", 11n + BigInt(index))]
        : [move("stripe:balance", code, 11n + BigInt(index))],
      { about: index % 3 ? {} : { tenantId: other, paymentId: "py_bill" } },
    ),
  );
  return [
    ...every,
    entry("direct:fee:back", [move("stripe:clearing fr", "revenue:application_fees", 100n)], {
      about: { tenantId: seller, paymentId: "ch_direct", objectId: "fr" },
    }),
    entry("direct:2", [move("revenue:sales", "stripe:clearing ch_2", 5_000n)], {
      ...{ book, about: { tenantId: seller, ...card, objectId: "ch_2", paymentId: "ch_2" } },
    }),
  ];
}

const ask = (over: object = {}) =>
  getMargin(admin, marginQuery.parse({ ...days, currency: "usd", ...over }));
const sumOf = (rows: readonly Figures[]) =>
  Object.fromEntries(
    figureNames.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0n)]),
  );

test("told apart by anything, the figures sum to the income statement to the cent", async () => {
  const { incomeStatements } = await getStatements(admin, { book: "platform", ...days });
  const income = incomeStatements.find(({ currency }) => currency === "usd")!;
  const own = await getStatements(admin, { book, ...days });
  const [sold] = own.incomeStatements[0]!.income;
  for (const by of dimensionNames) {
    const { total, rows, others } = await ask({ by });
    expect(others).toBeNull();
    expect(sumOf(rows)).toEqual(sumOf([total]));
    expect([by, total.net, earnedOf(total) > 0n]).toEqual([by, income.result, true]);
    expect([by, total.volume]).toEqual([by, sold!.minor]);
  }
  const euros = await ask({ currency: "eur" });
  expect([euros.total.net, euros.currencies]).toEqual([55n, ["usd", "eur"]]);
});

test("what does not say of whom it is, is of its payment", async () => {
  const by = async (dimension: string) => {
    const { rows } = await ask({ by: dimension, sort: "volume" });
    return Object.fromEntries(rows.map((row) => [row.key, row]));
  };
  const methods = await by("method");
  expect(methods.card).toMatchObject({ volume: 15_000n, fees: 900n, name: "Card" });
  expect(methods.card!.disputes).toBe(2_200n);
  expect(methods.link).toMatchObject({ volume: 20_000n, fees: 500n, processing: 610n });
  expect((await by("country")).FR).toMatchObject({ volume: 20_000n, processing: 610n });
  // Who pays for a plan is where the tenant is.
  expect((await by("country")).US!.plans).toBeGreaterThanOrEqual(7_700n);
  const tenants = await by("tenant");
  expect(tenants[seller]).toMatchObject({ processing: 610n, fees: 1_400n, disputes: 2_200n });
  const plans = await by("plan");
  expect(plans.growth).toMatchObject({ volume: 35_000n, name: "Growth", processing: 610n });
});

test("each figure is the sum of the moves it leads to, page after page", async () => {
  const { rows, total } = await ask({ by: "method" });
  const card = rows.find(({ key }) => key === "card")!;
  const unpaid = rows.find(({ key }) => key === "")!;
  const wanted = [
    ...figureNames.map((figure) => ({ figure, over: {}, of: total })),
    { figure: "net" as const, over: {}, of: total },
    { figure: "net" as const, over: { method: "card" }, of: card },
    { figure: "plans" as const, over: { method: "none" }, of: unpaid },
  ];
  for (const { figure, over, of } of wanted) {
    const query = { ...days, currency: "usd", figure, ...over };
    const { moves, total: said } = await allMoves(query);
    const sum = moves.reduce((reached, { minor }) => reached + minor, 0n);
    const isCost = ["processing", "disputes", "otherCosts"].includes(figure);
    const value = of[figure];
    expect([figure, over, isCost ? -sum : sum]).toEqual([figure, over, value]);
    expect(said[figure]).toBe(value);
    const places = moves.map((one) => `${one.entryId} ${one.position} ${one.accountId}`);
    expect(new Set(places).size).toBe(moves.length);
  }
});

async function allMoves(query: object) {
  const first = await listMarginMoves(admin, marginMoveQuery.parse(query));
  const moves = [...first.rows];
  for (let cursor = first.next; cursor; ) {
    const page = await listMarginMoves(admin, marginMoveQuery.parse({ ...query, cursor }));
    moves.push(...page.rows);
    cursor = page.next;
  }
  return { moves, total: first.total };
}

test("filters narrow every figure, and a table holds them all", async () => {
  const mine = await ask({ tenant: seller, by: "country" });
  const { rows } = await ask();
  const { key: _, name: __, ...figures } = rows.find(({ key }) => key === seller)!;
  expect(mine.total).toEqual(figures);
  const parts: string[] = [];
  const query = marginQuery.parse({ ...days, currency: "usd" });
  for await (const part of await exportMargin(admin, query)) parts.push(part);
  expect(parts).toHaveLength(rows.length + 1);
  expect(parts[0]).toMatch(/^tenant,name,from,to,currency,volume,fees/);
  expect(parts.join("")).toContain(`${seller},`);
});

test("periods are whole days, and shares are rounded and never of nothing", () => {
  const now = new Date("2026-03-15T10:00:00Z");
  const said = (over: object) => {
    const { from, before } = spanOf(marginQuery.parse(over), now);
    return [from, before].map((at) => at.toISOString().slice(0, 10)).join(" ");
  };
  expect(said({})).toBe("2026-02-14 2026-03-16");
  expect(said({ period: "month" })).toBe("2026-03-01 2026-03-16");
  expect(said({ period: "last_month" })).toBe("2026-02-01 2026-03-01");
  expect(said({ from: "2026-01-09", to: "2026-01-02" })).toBe("2026-01-02 2026-01-10");
  expect([shareBps(1n, 3n), shareBps(-1n, 6n), shareBps(5n, 0n)]).toEqual([3333, -1667, null]);
});
