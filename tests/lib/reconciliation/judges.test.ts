import { expect, test } from "vitest";
import { refine } from "#lib/reconciliation/ask-stripe";
import type { Finding } from "#lib/reconciliation/break";
import { rowsOf } from "#lib/reconciliation/evidence";
import { judgeClearing, type OpenSide } from "#lib/reconciliation/judge-clearing";
import { judgeTransaction, type Pair } from "#lib/reconciliation/judge-transaction";

const now = new Date("2026-05-10T00:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const expected: OpenSide = {
  ...{ reference: "charge:ch_1:succeeded", kind: "charge.sold", minor: 500n, currency: "usd" },
};
const settled: OpenSide = {
  ...{ reference: "bt:txn_1", kind: "settled.charge", minor: -500n, currency: "usd" },
};
const euro = { ...settled, currency: "eur" };
const again = { ...settled, reference: "bt:txn_2" };

type Open = { sides: OpenSide[]; hours: number; isKnown?: boolean; reference?: string };
const clearing: Record<string, [Open, string | null]> = {
  "waits for Stripe within its grace": [{ sides: [expected], hours: 47 }, null],
  "is late after it": [{ sides: [expected], hours: 49 }, "late not_settled"],
  "is in time at its last instant": [{ sides: [expected], hours: 48 }, null],
  "of a transfer is late a day sooner": [
    { sides: [expected], hours: 25, reference: "tr_1" },
    "late not_settled",
  ],
  "of a top-up has a week": [{ sides: [expected], hours: 160, reference: "tu_1" }, null],
  "waits for the event for a quarter of an hour": [{ sides: [settled], hours: 0.2 }, null],
  "waits so long, and no instant less": [{ sides: [settled], hours: 0.25 }, null],
  "was never told of": [{ sides: [settled], hours: 0.3 }, "missing_here webhook_never_came"],
  "was told of, and its entry was removed": [
    { sides: [settled], hours: 0.3, isKnown: true },
    "missing_here entry_gone",
  ],
  "came in another currency": [{ sides: [expected, euro], hours: 1 }, "currency other_currency"],
  "came twice": [{ sides: [expected, settled, again], hours: 1 }, "duplicate posted_twice"],
  "came otherwise": [
    { sides: [expected, { ...settled, minor: -400n }], hours: 1 },
    "amount settled_otherwise",
  ],
};

const said = (found: Finding | null) => found && `${found.kind} ${found.cause}`;

test.each(Object.entries(clearing))("what is open %s", (_what, [open, verdict]) => {
  const { sides, hours, isKnown = false, reference = "ch_1" } = open;
  const minor = sides.reduce((sum, side) => sum + side.minor, 0n);
  const about = { reference, currency: "usd", minor, since: hoursAgo(hours), sides, isKnown };
  const found = judgeClearing("acct_1", about, now);
  expect(said(found)).toBe(verdict);
  if (found) expect(found).toMatchObject({ book: "acct_1", check: "clearing", reference });
});

test("evidence of what is open has both sides in one sign, with the entries they come from", () => {
  const sides = [expected, { ...settled, minor: -300n }, { ...again, minor: -100n }];
  const about = { reference: "ch_1", currency: "usd", minor: 100n, since: hoursAgo(1), sides };
  const found = judgeClearing("acct_1", { ...about, isKnown: false }, now)!;
  expect(found).toMatchObject({ stripeMinor: 400n, ledgerMinor: 500n, currency: "usd" });
  const { evidence } = found;
  expect(
    rowsOf(evidence, "usd").map(({ name, mirror, entry, differs }) => {
      return [name, mirror, entry, differs];
    }),
  ).toEqual([
    ["currency", "usd", "usd", false],
    ["minor", "400", "500", true],
    ["references", "bt:txn_1, bt:txn_2", "charge:ch_1:succeeded", false],
    ["kinds", "settled.charge", "charge.sold", false],
  ]);
});

const mirror: Pair["mirror"] = {
  ...{ currency: "usd", netMinor: 970n, feeMinor: 30n, type: "charge", isTwin: false },
  createdAt: hoursAgo(5),
};
const sum = { currency: "usd", netMinor: 970n, expenseMinor: 30n, suspenseMinor: 0n };
const pair: Pair = {
  ...{ reference: "txn_1", mirror, posted: [sum], entries: ["bt:txn_1"], twin: null },
  postedAt: hoursAgo(4),
};
const lone = { ...pair, mirror: null };
const pairs: Record<string, [Pair, string | null]> = {
  "that agree": [pair, null],
  "whose fee differs": [
    { ...pair, posted: [{ ...sum, expenseMinor: 29n }] },
    "amount figures_differ",
  ],
  "whose fee is in part unexplained": [
    { ...pair, posted: [{ ...sum, expenseMinor: 20n, suspenseMinor: 10n }] },
    null,
  ],
  "whose net differs": [{ ...pair, posted: [{ ...sum, netMinor: 969n }] }, "amount figures_differ"],
  "in two currencies": [
    { ...pair, posted: [{ ...sum, currency: "eur" }] },
    "currency other_currency",
  ],
  "without an entry": [{ ...pair, posted: [], entries: [] }, "missing_here not_posted"],
  "without an entry, of nothing": [
    { ...pair, posted: [], entries: [], mirror: { ...mirror, netMinor: 0n, feeMinor: 0n } },
    null,
  ],
  "without an entry, the fee being all of it": [
    { ...pair, posted: [], entries: [], mirror: { ...mirror, netMinor: 0n } },
    "missing_here not_posted",
  ],
  "without an entry, the other half of another": [
    { ...pair, posted: [], entries: [], mirror: { ...mirror, isTwin: true } },
    null,
  ],
  "that agree, with nothing left in another currency": [
    { ...pair, posted: [sum, { ...sum, currency: "eur", netMinor: 0n }] },
    null,
  ],
  "of which all is an expense": [
    {
      ...{ ...pair, mirror: { ...mirror, netMinor: -500n, feeMinor: 0n } },
      posted: [{ ...sum, netMinor: -500n, expenseMinor: 500n }],
    },
    null,
  ],
  "without a mirror": [lone, "missing_there mirror_lost"],
  "without a mirror, beside another of the same": [
    { ...lone, twin: "bt:txn_0" },
    "duplicate posted_twice",
  ],
  "without a mirror, corrected to nothing": [{ ...lone, posted: [{ ...sum, netMinor: 0n }] }, null],
};

test.each(Object.entries(pairs))("both sides %s", (_what, [both, verdict]) => {
  expect(said(judgeTransaction("acct_1", both, now))).toBe(verdict);
});

const live = { currency: "usd", net: 970, fee: 30, amount: 1_000, type: "charge" };
const differing = (change: Partial<Pair>) =>
  judgeTransaction("acct_1", { ...pair, ...change }, now) as Finding;
const wrongMirror = differing({ mirror: { ...mirror, netMinor: 960n } });
const answers: Record<string, [Finding, typeof live | null, string]> = {
  "that the entry is wrong": [
    differing({ posted: [{ ...sum, netMinor: 1n }] }),
    live,
    "amount entry_differs",
  ],
  "that the mirror is wrong": [wrongMirror, live, "amount mirror_differs"],
  "that both are": [wrongMirror, { ...live, net: 950 }, "amount both_differ"],
  "that it never was": [wrongMirror, null, "missing_there unknown_to_stripe"],
  "that what has no mirror is there": [differing(lone), live, "missing_here mirror_lost"],
  "that what has no mirror never was": [differing(lone), null, "missing_there unknown_to_stripe"],
  "of a double that there is one": [
    differing({ ...lone, twin: "bt:txn_0" }),
    null,
    "duplicate posted_twice",
  ],
};

test.each(Object.entries(answers))("Stripe says %s", (_what, [finding, answer, verdict]) => {
  expect(said(refine(finding, answer))).toBe(verdict);
});
