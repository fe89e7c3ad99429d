import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { moreYears } from "#tests/lib/rater/more-years";
import { plans, type TestPlan } from "#tests/lib/rater/plans";
import { live, type Scenario } from "#tests/lib/rater/scenario";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await openTestSandbox();
});
afterAll(() => sandbox.close());

const [now, later, never] = ["always_invoice", "create_prorations", "none"] as const;
const { starter, plus, team, squad, calls, scale, mixed, grand } = plans;

/** 2028 is a leap year; the clocks of Europe go forward on 26 March, those of New York on the 12th. */
const scenarios: Scenario[] = [
  {
    name: "flat by the month from 31 January: up, down and to the end",
    ...{ plan: starter, currency: "usd", interval: "month" },
    ...{ start: "2028-01-31T10:15:30Z", until: "2029-01-31T12:00:00Z" },
    acts: [
      { at: "2028-02-29T10:15:29Z", do: "plan", plan: plus, how: now },
      { at: "2028-03-12T07:00:01Z", do: "plan", plan: starter, how: later },
      { at: "2028-06-17T23:59:59Z", do: "plan", plan: plus, how: never },
      { at: "2028-12-01T00:00:00Z", do: "cancelAtEnd" },
    ],
  },
  {
    name: "flat by the year from 29 February: up, down, and the credit is used up by renewals",
    ...{ plan: plus, currency: "eur", interval: "year" },
    ...{ start: "2028-02-29T00:00:00Z", until: "2031-03-02T00:00:00Z" },
    acts: [
      { at: "2028-03-26T01:00:00Z", do: "plan", plan: starter, how: now },
      { at: "2029-02-27T23:59:59Z", do: "plan", plan: plus, how: later },
      { at: "2029-11-30T13:37:11Z", do: "plan", plan: starter, how: now },
    ],
  },
  {
    name: "seats in yen by the month: many changes, some within one second of a clock change",
    ...{ plan: team, seats: 7, currency: "jpy", interval: "month" },
    ...{ start: "2028-03-25T23:30:00Z", until: "2029-03-26T03:00:00Z" },
    acts: [
      { at: "2028-03-26T00:59:59Z", do: "seats", count: 11, how: now },
      { at: "2028-03-26T01:00:00Z", do: "seats", count: 3, how: later },
      { at: "2028-03-26T01:00:01Z", do: "seats", count: 13, how: now },
      { at: "2028-07-01T08:00:00Z", do: "seats", count: 1, how: later },
      { at: "2028-07-20T08:00:00Z", do: "seats", count: 29, how: later },
      { at: "2028-10-29T00:59:59Z", do: "seats", count: 28, how: never },
      { at: "2028-12-24T18:00:00Z", do: "seats", count: 4, how: now },
    ],
  },
  {
    name: "seats with some included, by the year, after a trial in which seats changed",
    ...{ plan: squad, seats: 5, currency: "usd", interval: "year", trialDays: 14 },
    ...{ start: "2028-05-31T12:00:00Z", until: "2030-06-20T00:00:00Z" },
    acts: [
      { at: "2028-06-03T12:00:00Z", do: "seats", count: 12, how: later },
      { at: "2028-09-09T09:09:09Z", do: "seats", count: 41, how: now },
      { at: "2029-01-01T00:00:00Z", do: "seats", count: 2, how: later },
    ],
  },
  {
    name: "usage in tiers of fractions of a cent, some of it told while the invoice is a draft",
    ...{ plan: calls, currency: "eur", interval: "month" },
    ...{ start: "2028-01-31T00:00:00Z", until: "2028-12-31T02:00:00Z" },
    acts: [
      { at: "2028-02-10T00:00:00Z", do: "use", key: "calls", units: 30 },
      { at: "2028-03-05T00:00:00Z", do: "use", key: "calls", units: 1001 },
      { at: "2028-03-31T00:30:00Z", stamped: "2028-03-30T23:59:59Z", ...usedCalls(64_999) },
      { at: "2028-05-01T00:00:00Z", do: "use", key: "calls", units: 50_000 },
      { at: "2028-05-31T00:00:00Z", do: "use", key: "calls", units: 777 },
      { at: "2028-10-15T00:00:00Z", do: "use", key: "calls", units: 1_234_567 },
    ],
  },
  {
    name: "usage by volume, by package and by percentage in yen, ended with its last usage",
    ...{ plan: scale, currency: "jpy", interval: "month" },
    ...{ start: "2028-08-31T15:00:00Z", until: "2029-02-01T00:00:00Z" },
    acts: [
      { at: "2028-09-01T00:00:00Z", do: "use", key: "sent", units: 101 },
      { at: "2028-09-01T00:00:00Z", do: "use", key: "blocks", units: 1001 },
      { at: "2028-09-02T00:00:00Z", do: "use", key: "volume", units: 1_234_550 },
      { at: "2028-10-20T00:00:00Z", do: "use", key: "sent", units: 100 },
      { at: "2028-10-21T00:00:00Z", do: "use", key: "volume", units: 9_999 },
      { at: "2028-12-31T00:00:00Z", do: "cancelAtEnd" },
      { at: "2028-12-31T01:00:00Z", do: "use", key: "blocks", units: 4_000 },
    ],
  },
  {
    name: "mixed by the month with tax on top and a percentage off for good: up and down",
    ...{ plan: mixed, seats: 6, currency: "usd", interval: "month" },
    ...{ coupons: [{ percent: "12.5", lasts: "forever" }], tax: vat("19", false) },
    ...{ start: "2028-01-31T10:00:00Z", until: "2029-01-31T12:00:00Z" },
    acts: [
      { at: "2028-02-11T11:11:11Z", do: "seats", count: 9, how: now },
      { at: "2028-02-12T00:00:00Z", do: "use", key: "calls", units: 31_337 },
      { at: "2028-04-10T00:00:00Z", do: "use", key: "calls", units: 12_345 },
      { at: "2028-04-15T10:00:00Z", do: "plan", plan: grand, how: now },
      { at: "2028-04-20T00:00:00Z", do: "use", key: "calls", units: 2_222 },
      { at: "2028-05-02T00:00:00Z", do: "use", key: "calls", units: 31_337 },
      { at: "2028-09-07T00:00:00Z", do: "use", key: "calls", units: 9_876 },
      { at: "2028-09-08T07:06:05Z", do: "plan", plan: mixed, how: later },
      { at: "2028-09-20T00:00:00Z", do: "seats", count: 2, how: later },
    ],
  },
  {
    name: "mixed by the month, then by the year: one coupon once, another for some months",
    ...{ plan: mixed, seats: 4, currency: "jpy", interval: "month" },
    coupons: [
      { amountMinor: 1000n, lasts: "once" },
      { percent: "33.3", lasts: { months: 3 } },
    ],
    tax: vat("10", true),
    ...{ start: "2028-02-29T08:30:00Z", until: "2030-07-15T00:00:00Z" },
    acts: [
      { at: "2028-03-10T00:00:00Z", do: "seats", count: 8, how: now },
      { at: "2028-03-11T00:00:00Z", do: "use", key: "calls", units: 20_000 },
      { at: "2028-07-10T16:20:00Z", do: "use", key: "calls", units: 90_001 },
      { at: "2028-07-14T16:20:00Z", do: "interval", plan: grand, interval: "year" },
      { at: "2028-11-14T16:20:00Z", do: "seats", count: 3, how: later },
    ],
  },
  {
    name: "paused and resumed: usage so far is billed, the rest comes back, a new cycle begins",
    ...{ plan: mixed, seats: 10, currency: "eur", interval: "month" },
    ...{ start: "2028-08-31T20:00:00Z", until: "2029-09-01T00:00:00Z" },
    acts: [
      { at: "2028-10-12T00:00:00Z", do: "use", key: "calls", units: 5_555 },
      { at: "2028-10-13T04:05:06Z", do: "pause" },
      { at: "2029-01-31T23:00:00Z", do: "resume" },
      { at: "2029-02-15T00:00:00Z", do: "seats", count: 5, how: now },
      { at: "2029-04-02T00:00:00Z", do: "use", key: "calls", units: 1_500 },
    ],
  },
  {
    name: "a renewal fails and is paid later; one is refunded, one credited to the next",
    ...{ plan: team, seats: 3, currency: "usd", interval: "month", tax: vat("7.7", false) },
    ...{ start: "2028-04-30T09:00:00Z", until: "2029-05-01T00:00:00Z" },
    acts: [
      { at: "2028-05-20T00:00:00Z", do: "card", card: "pm_card_chargeCustomerFail" },
      { at: "2028-06-01T00:00:00Z", do: "card", card: "pm_card_visa" },
      { at: "2028-06-01T00:05:00Z", do: "payOpen" },
      { at: "2028-08-02T00:00:00Z", do: "refundLast" },
      { at: "2028-10-03T00:00:00Z", do: "credit", minor: 1234 },
      { at: "2028-11-03T00:00:00Z", do: "seats", count: 1, how: now },
    ],
  },
  {
    name: "an addition is bought midway, grows and is given up; what is over waits as credit",
    ...{ plan: starter, currency: "eur", interval: "month" },
    ...{ start: "2028-06-30T00:00:00Z", until: "2029-06-30T02:00:00Z" },
    acts: [
      { at: "2028-07-11T12:34:56Z", do: "add", plan: team, key: "seats", quantity: 5, how: now },
      { at: "2028-07-19T01:02:03Z", do: "seats", count: 17, how: later },
      { at: "2028-09-09T00:00:00Z", do: "seats", count: 16, how: now },
      { at: "2028-10-01T00:00:00Z", do: "drop", key: "seats", how: now },
      { at: "2029-02-14T14:14:14Z", do: "add", plan: team, key: "seats", quantity: 2, how: later },
    ],
  },
  {
    name: "flat by the year: a trial, then a percentage and an amount off, one after the other",
    ...{ plan: plus, currency: "usd", interval: "year", trialDays: 30, tax: vat("8.875", false) },
    coupons: [
      { percent: "15", lasts: "forever" },
      { amountMinor: 12_345n, lasts: "once" },
    ],
    ...{ start: "2028-01-30T00:00:00Z", until: "2030-03-05T00:00:00Z" },
    acts: [{ at: "2028-12-30T06:00:00Z", do: "plan", plan: starter, how: later }],
  },
];

function usedCalls(units: number) {
  return { do: "use", key: "calls", units } as const;
}

function vat(percent: string, isInclusive: boolean) {
  return { percent, isInclusive };
}

const all = [...scenarios, ...moreYears];

/** Nights in which clocks of Europe or New York change, within these years. */
const clockChanges = ["03-12", "03-26", "10-29", "11-05"].map((day) => `2028-${day}`);
clockChanges.push("2029-03-11", "2029-03-25", "2029-10-28", "2029-11-04");

function kindOf({ components }: TestPlan): string {
  const kinds = new Set(components.map(({ kind }) => kind));
  return kinds.size === 1 ? components[0]!.kind : "mixed";
}

/** What a scenario walks through, by the acts in it. */
function walked({ acts, start, plan, trialDays, seats = 1 }: Scenario): string[] {
  let standing = { plan: plan as TestPlan, seats };
  const changes = acts.flatMap((act) => {
    const before = standing;
    if (act.do === "plan" || act.do === "interval") standing = { ...standing, plan: act.plan };
    if (act.do === "seats") standing = { ...standing, seats: act.count };
    const rank = dearer.indexOf(standing.plan.key) - dearer.indexOf(before.plan.key);
    const more = rank || standing.seats - before.seats;
    return more === 0 ? [] : [more > 0 ? "up" : "down"];
  });
  const days = [start, ...acts.map(({ at }) => at)].map((at) => at.slice(0, 10));
  return [
    ...changes,
    ...(trialDays ? ["trial"] : []),
    ...acts.flatMap(({ do: what }) => happenings[what as keyof typeof happenings] ?? []),
    ...(days.some((day) => clockChanges.includes(day)) ? ["clocks change"] : []),
    ...(Number(start.slice(8, 10)) + (trialDays ?? 0) >= 29 ? ["month's end"] : []),
  ];
}

/** Plans by their price, the cheapest of a kind first. */
const dearer = ["starter", "plus", "calls", "bulk", "mixed", "grand"];
/** What is paid after its time failed before; what is given back was paid. */
const happenings = { payOpen: "failed renewal", refundLast: "refund", pause: "pause" } as const;
const kinds = ["flat", "seat", "usage", "mixed"];
const walkedBy = Object.groupBy(all, ({ plan }) => kindOf(plan));

test.each(kinds)("%s is billed by the month and by the year in each currency", (kind) => {
  const sold = walkedBy[kind]!.map(({ interval, currency }) => `${currency} a ${interval}`);
  const wanted = ["usd", "eur", "jpy"].flatMap((one) => [`${one} a month`, `${one} a year`]);
  expect([...new Set(sold)].sort()).toEqual(wanted.sort());
});

test.each(kinds)("%s goes through all that can happen", (kind) => {
  const happened = new Set(walkedBy[kind]!.flatMap(walked));
  const anything = ["up", "down", "trial", "pause", "failed renewal", "refund"];
  expect([...happened].sort()).toEqual([...anything, "clocks change", "month's end"].sort());
});

describe.concurrent("what our books foretell is what the local Stripe bills, to the cent", () => {
  test.for(all.map((scenario, place) => ({ scenario, place })))(
    "$scenario.name",
    { timeout: 60_000 },
    async ({ scenario, place }) => {
      expect(await live(sandbox, scenario, `year${place}`)).toBeGreaterThan(1);
    },
  );
});
