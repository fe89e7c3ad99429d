import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountCode } from "#lib/ledger/chart";
import { account, type Move } from "#lib/ledger/entry";
import { balanceTypes } from "#lib/ledger-rules/balance-types";
import { expectedKinds } from "#lib/ledger-rules/catalogue";
import type { Known } from "#lib/ledger-rules/claim";
import { claimsOf } from "#lib/ledger-rules/claims";
import { exampleOf, sayCatalogue, sayMoves } from "#lib/ledger-rules/say-catalogue";
import { addDays, bearable, earnedBy } from "#lib/ledger-rules/schedule";
import { settledEntries } from "#lib/ledger-rules/settled-entries";
import { cases, movesOf } from "#tests/lib/ledger-rules/examples";

test("the page of the chart of accounts is made from the tables", () => {
  expect(readFileSync("docs/chart-of-accounts.md", "utf8")).toBe(sayCatalogue());
});

test.each(Object.entries(cases))("%s is what its example says", (kind, one) => {
  const { example } = expectedKinds[kind as keyof typeof cases];
  expect(sayMoves(movesOf(kind, one) ?? [])).toEqual([...example]);
});

test("every type of balance transaction of the SDK has a row, and no other", () => {
  const types = readFileSync("node_modules/stripe/esm/resources/BalanceTransactions.d.ts", "utf8");
  const [, union = ""] = /type Type = ([^;]+);/.exec(types) ?? [];
  const named = [...union.matchAll(/'(\w+)'/g)].map(([, name]) => name);
  expect(Object.keys(balanceTypes).sort()).toEqual(named.sort());
});

const given = (minor: bigint, from: AccountCode, to: AccountCode): Move => ({
  ...{ from: account(from, "ten_1"), to: account(to, "ten_1"), minor, currency: "usd" },
});

const row = (more: object) =>
  ({
    ...{ id: "txn_1", amount: 10_000, fee: 0, net: 10_000, created: 0, currency: "usd" },
    ...{ balance_type: "payments", exchange_rate: null, fee_details: [], source: "ch_1" },
    ...{ reporting_category: "charge", type: "charge", ...more },
  }) as never;
const settled = (more: object, account = "") => {
  const [entry] = settledEntries({ account, tenantId: null, object: row(more) });
  return sayMoves(entry?.moves ?? []);
};
const fees = (...parts: [string, number][]) => ({
  fee: parts.reduce((sum, [, amount]) => sum + amount, 0),
  fee_details: parts.map(([type, amount]) => ({ type, amount })),
});

test("whatever type Stripe may invent, its net reaches the balance and nothing is lost", () => {
  const types = [...Object.keys(balanceTypes), "something_new"];
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: -2000, max: 2000 }),
      fc.integer({ min: -50, max: 50 }),
      fc.constantFrom("", "acct_1"),
      (type, amount, fee, unnamed, account) => {
        const details = { fee: fee + unnamed, fee_details: [{ type: "stripe_fee", amount: fee }] };
        const object = row({ type, amount, ...details, net: amount - fee - unnamed });
        const [entry] = settledEntries({ account, tenantId: null, object });
        const held = (entry?.moves ?? []).reduce((sum, { from, to, minor }) => {
          if (to.code === "stripe:balance") return sum + minor;
          return from.code === "stripe:balance" ? sum - minor : sum;
        }, 0n);
        expect(held).toBe(BigInt(amount - fee - unnamed));
        expect(entry?.moves.every(({ minor }) => minor > 0n) ?? true).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test("a direct charge bears both fees, and a dispute its own beside what is withdrawn", () => {
  const both = fees(["stripe_fee", 320], ["application_fee", 1000]);
  expect(settled(both, "acct_1")).toEqual([
    "86.80 stripe:clearing → stripe:balance",
    "3.20 stripe:clearing → expense:processing",
    "10.00 stripe:clearing → expense:platform_fees",
  ]);
  const dispute = {
    amount: -12_000,
    type: "adjustment",
    source: "du_1",
    ...fees(["stripe_fee", 1500]),
  };
  expect(settled({ ...dispute, reporting_category: "dispute" })).toEqual([
    "120.00 stripe:balance → stripe:clearing",
    "15.00 stripe:balance → expense:disputes",
  ]);
});

test("what is exchanged passes through fx, each currency by itself", () => {
  const source = { id: "ch_1", amount_captured: 10_000, currency: "eur" };
  const object = row({
    amount: 10_850,
    exchange_rate: 1.085,
    source,
    ...fees(["stripe_fee", 345]),
  });
  const [entry] = settledEntries({ account: "", tenantId: null, object });
  const told = entry!.moves.map(({ currency }, place) => {
    return `${currency} ${sayMoves(entry!.moves)[place]}`;
  });
  expect(told).toEqual([
    "eur 100.00 stripe:clearing → fx",
    "usd 105.05 fx → stripe:balance",
    "usd 3.45 fx → expense:processing",
  ]);
});

test("exchanged from nobody knows what, it waits in suspense, as does a type no rule knows", () => {
  const [unsaid] = settledEntries({
    ...{ account: "", tenantId: null, object: row({ exchange_rate: 1.1 }) },
  });
  expect(sayMoves(unsaid!.moves)).toEqual(["100.00 suspense → stripe:balance"]);
  expect(unsaid!.moves[0]!.from.subject).toBe("txn_1");
  expect(sayMoves(exampleOf("something_new"))).toEqual(["100.00 suspense → stripe:balance"]);
});

test("the other half of a hold, in the balance it is held in, is not posted again", () => {
  const held = { amount: -500, net: -500, type: "reserve_hold" };
  expect(settled(held)).toEqual(["5.00 stripe:balance → stripe:reserve"]);
  expect(settled({ ...held, amount: 500, balance_type: "risk_reserved" })).toEqual([]);
});

const holding = (kind: keyof typeof cases, more: Partial<Known> = {}, object = {}) => {
  const one = cases[kind];
  const known = { ...("known" in one ? one.known : {}), ...more };
  return sayMoves(movesOf(kind, { ...one, object: { ...one.object, ...object }, known }) ?? []);
};

test("a void takes back what is there: all of it, or what a credit and the days left of it", () => {
  const billed = [given(10_000n, "deferred", "receivable"), given(2000n, "tax", "receivable")];
  expect(holding("invoice.voided", { billed: () => billed })).toEqual([
    "100.00 receivable → deferred",
    "20.00 receivable → tax",
  ]);
  // Credited whole, by a credit note and to the last cent: nothing is left to take back.
  const credited = billed.map(({ minor, from, to }) => given(minor, to.code, from.code));
  expect(holding("invoice.voided", { billed: () => [...billed, ...credited] })).toEqual([]);
  // A credit that was taken back itself counts no more.
  const [part] = credited;
  const back = { ...part!, from: part!.to, to: part!.from };
  expect(holding("invoice.voided", { billed: () => [...billed, part!, back] })).toEqual([
    "100.00 receivable → deferred",
    "20.00 receivable → tax",
  ]);
});

test("what is told of a credit after its invoice is void has nothing left to credit", () => {
  const isVoid: Known["moves"] = () => [given(1n, "receivable", "deferred")];
  expect(holding("credit_note.issued", { moves: isVoid })).toEqual([]);
  expect(holding("credit_note.voided", { moves: isVoid })).toEqual([]);
});

test("what was paid of a void invoice is owed back until it is refunded", () => {
  // 120.00 billed, 50.00 of it paid: the void takes back 120.00, the payment stays as it was.
  const paid = [given(5000n, "receivable", "stripe:clearing")];
  const billed = [given(10_000n, "deferred", "receivable"), given(2000n, "tax", "receivable")];
  const object = { ...cases["invoice.voided"].object, amount_paid: 5000, amount_remaining: 7000 };
  const taken = movesOf("invoice.voided", {
    ...{ type: "invoice", object, known: { billed: () => billed } },
  });
  const owed = (moves: readonly Move[]) =>
    moves.reduce((sum, { from, to, minor }) => {
      if (to.code === "receivable") return sum + minor;
      return from.code === "receivable" ? sum - minor : sum;
    }, 0n);
  expect(owed([...billed, ...paid, ...taken!])).toBe(-5000n);
  const refunded = given(5000n, "stripe:clearing", "receivable");
  expect(owed([...billed, ...paid, ...taken!, refunded])).toBe(0n);
});

test("what is given up of a partly paid invoice bears its share of the tax", () => {
  // 70.00 of 120.00 is left: 20/120 of it is tax, the odd cent is the debt's.
  expect(holding("invoice.uncollectible", {}, { amount_remaining: 7000 })).toEqual([
    "58.34 receivable → expense:bad_debt",
    "11.66 receivable → expense:tax",
  ]);
  const untaxed = { lines: { data: [] }, amount_remaining: 7000 };
  expect(holding("invoice.uncollectible", {}, untaxed)).toEqual([
    "70.00 receivable → expense:bad_debt",
  ]);
});

test("each of more than ten reversals of a transfer is an entry of its own", () => {
  const { object } = cases["transfer.made"];
  const data = Array.from({ length: 12 }, (_, n) => ({ id: `trr_${n}`, amount: 100, created: 0 }));
  const source = { account: "", tenantId: "ten_1", object: { ...object, reversals: { data } } };
  const made = claimsOf("transfer", source).filter(({ kind }) => kind === "transfer.reversed");
  expect(new Set(made.map(({ reference }) => reference)).size).toBe(12);
});

test("a line is billed net of its discounts, its inner tax and the credit that was spent", () => {
  const { object } = cases["invoice.finalized"];
  const [line] = (object as { lines: { data: object[] } }).lines.data;
  const parts = {
    ...{ amount: 10_000, discount_amounts: [{ amount: 1000 }] },
    taxes: [{ amount: 1500, tax_behavior: "inclusive" }],
    pretax_credit_amounts: [{ amount: 2000, type: "credit_balance_transaction" }],
  };
  const lines = { data: [{ ...line, ...parts }] };
  expect(holding("invoice.finalized", {}, { total: 7000, lines })).toEqual([
    "55.00 deferred → receivable",
    "20.00 deferred → deferred:credits",
    "15.00 tax → receivable",
  ]);
});

test("of a credit only what was not refunded goes to the balance", () => {
  const refunds = [{ amount_refunded: 2500 }];
  expect(holding("credit_note.issued", {}, { refunds })).toContain(
    "35.00 customer_credit → receivable",
  );
});

test("two credits of one line take what is unearned of it once", () => {
  const { object } = cases["credit_note.issued"];
  const [line] = (object as { lines: { data: object[] } }).lines.data;
  const lines = { data: [line, line] };
  // 40.00 is unearned, and 50.00 is credited twice.
  expect(holding("credit_note.issued", {}, { total: 12_000, lines }).slice(0, 5)).toEqual([
    ...["40.00 receivable → deferred", "10.00 receivable → contra:refunds"],
    ...["10.00 receivable → tax", "50.00 receivable → contra:refunds", "10.00 receivable → tax"],
  ]);
});

test("of a part that is passed on the platform keeps the rest, and gives it back by its share", () => {
  const { object } = cases["charge.passed_on"];
  const transfer_data = { destination: "acct_1", amount: 9200 };
  const charge = { ...object, transfer_data, application_fee_amount: null };
  expect(holding("charge.passed_on", {}, charge)).toEqual([
    "100.00 payable → stripe:clearing",
    "8.00 revenue:application_fees → payable",
  ]);
  expect(holding("refund.made", { charge: () => charge as never })).toEqual([
    "60.00 stripe:clearing → payable",
    "4.80 payable → revenue:application_fees",
  ]);
});

test("what is given back of a sale lessens it, and does not undo it", () => {
  const charge = () => cases["charge.sold"].object as never;
  const { object } = cases["refund.made"];
  const sold = { type: "refund" as const, account: "acct_1", object, known: { charge } };
  expect(sayMoves(movesOf("refund.made", sold) ?? [])).toEqual([
    "60.00 stripe:clearing → contra:refunds",
  ]);
});

test("a dispute that was won comes back where nothing was taken from", () => {
  const adjustment = { type: "adjustment", source: "du_1" };
  const subjectOf = (more: object) => {
    const object = row({ ...adjustment, ...more });
    const [entry] = settledEntries({ account: "", tenantId: null, object });
    return entry!.moves.flatMap(({ from, to }) => [from, to]).find(({ subject }) => subject)!
      .subject;
  };
  const taken = { amount: -12_000, net: -12_000, reporting_category: "dispute" };
  expect(subjectOf(taken)).toBe("du_1");
  expect(subjectOf({ reporting_category: "dispute" })).toBe("du_1/won");
  expect(subjectOf({ ...taken, reporting_category: "dispute_reversal" })).toBe("du_1/won");
});

test("a dispute that Stripe gave the money back of is not lost", () => {
  const { object } = cases["dispute.won"];
  expect(movesOf("dispute.lost", { type: "dispute", object: { ...object, status: "lost" } })).toBe(
    null,
  );
});

const first = new Date(Date.UTC(2026, 0, 31));
const minors = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

test("the days of a line sum to the line, and none goes the other way", () => {
  fc.assert(
    fc.property(minors, fc.integer({ min: 1, max: 366 }), (minor, days) => {
      const end = addDays(first, days);
      let before = 0n;
      for (let day = 0; day < days; day += 1) {
        const reached = earnedBy(minor, first, end, addDays(first, day));
        const step = reached - before;
        expect(minor >= 0n ? step >= 0n : step <= 0n).toBe(true);
        before = reached;
      }
      expect(before).toBe(minor);
    }),
    { numRuns: 60 },
  );
});

test("a day earns its share, the first of them too", () => {
  const end = addDays(first, 30);
  expect([-1, 0, 1, 29].map((day) => earnedBy(3000n, first, end, addDays(first, day)))).toEqual([
    ...[0n, 100n, 200n, 3000n],
  ]);
});

test("a credit takes no more of what is unearned than there is, and only of its own sign", () => {
  fc.assert(
    fc.property(minors, minors, (rest, credit) => {
      const part = bearable(rest, credit);
      const within = (whole: bigint) => (whole < 0n ? part >= whole : part <= whole);
      expect(part === 0n || (within(rest) && within(credit))).toBe(true);
      expect(part === 0n || part > 0n === rest > 0n).toBe(true);
    }),
  );
});
