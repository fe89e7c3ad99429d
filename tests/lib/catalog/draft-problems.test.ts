import { expect, test } from "vitest";
import { findDraftProblems } from "#lib/catalog/draft-problems";
import { draftInput } from "#lib/catalog/input";
import type { ComponentPrice, PlanComponent, Tier } from "#lib/catalog/plan";
import { goodDraft, price } from "#tests/lib/catalog/drafts";

const about = { kind: "base", meterKeys: ["api_calls"] } as const;

/** The first problem of a draft whose one component is a usage component changed like this. */
function problemOf(over: Partial<PlanComponent>, priced: Partial<ComponentPrice> = {}) {
  const calls = { kind: "usage", key: "calls", name: "Calls", unit: null } as const;
  const counted = { meterKey: "api_calls", included: "0", prices: [price(priced)] };
  const components = [{ ...calls, ...counted, ...over }];
  const [first] = findDraftProblems(goodDraft({ components }), about);
  return first && `${first.field}: ${first.message}`;
}

function tierProblem(...ends: (string | null)[]) {
  const tiers: Tier[] = ends.map((upTo) => ({ upTo, unitMinor: "1", flatMinor: "0" }));
  return problemOf({}, { model: "graduated", unitMinor: null, tiers });
}

test("a draft of every kind of component has nothing wrong with it", () => {
  expect(findDraftProblems(goodDraft(), about)).toEqual([]);
  expect(draftInput.parse({ revision: 1, ...goodDraft() })).toMatchObject({ revision: 1 });
});

test("tiers out of order, without an end in the middle or closed at the end are told apart", () => {
  expect(tierProblem("100", "1000", null)).toBeUndefined();
  expect(tierProblem("1000", "100", null)).toMatch(/tiers\.1\.upTo: Tier 2 .* ends at 100, where/);
  expect(tierProblem("100", "100", null)).toMatch(/go higher/);
  expect(tierProblem("100", null, null)).toMatch(/tiers\.1\.upTo: .*nothing reaches the next/);
  expect(tierProblem("100", "200")).toMatch(/tiers\.1\.upTo: .* leave its end open/);
  expect(tierProblem("1.5", null)).toMatch(/whole number from 1/);
  expect(tierProblem("0", null)).toMatch(/whole number from 1/);
  expect(tierProblem("9999999999999", null)).toMatch(/whole number from 1/);
  expect(tierProblem()).toMatch(/has no tier/);
});

test("amounts that are no price name the field and the mend", () => {
  const unit = (unitMinor: string) => problemOf({}, { unitMinor });
  expect(unit("-1")).toMatch(/prices\.0\.unitMinor: Calls costs “-1” .* write 0 or more/);
  for (const nonsense of ["NaN", "1e3", "Infinity", "", "1,5", ".5", "1."]) {
    expect(unit(nonsense)).toMatch(/write a number such as 1200/);
  }
  expect(unit("100000000")).toMatch(/at most 99999999/);
  expect(unit("0.0000000000001")).toMatch(/at most 12 decimals/);
  expect(unit("0.000000000001")).toBeUndefined();
});

test("only usage is priced below a minor unit, and a currency without one says so", () => {
  const flat = { kind: "flat", meterKey: null } as const;
  expect(problemOf(flat, { unitMinor: "99.5" })).toMatch(/only usage is priced below one/);
  expect(problemOf(flat, { unitMinor: "99.0" })).toBeUndefined();
  expect(problemOf(flat, { currency: "jpy", unitMinor: "9.99" })).toMatch(
    /JPY, which has no small/,
  );
  expect(problemOf({}, { currency: "jpy", unitMinor: "0.05" })).toBeUndefined();
  expect(problemOf({}, { currency: "jpy", minimumMinor: "1.5" })).toMatch(/minimumMinor: .*whole/);
});

test("a model is held to its parts, its kind and what Stripe can bill", () => {
  expect(problemOf({}, { model: "package" })).toMatch(/packageSize: .*say its packageSize/);
  expect(problemOf({}, { percent: "3" })).toMatch(/percent: .*which has no percent/);
  const share = { model: "percentage", unitMinor: null } as const;
  expect(problemOf({}, { ...share, percent: "2.9" })).toBeUndefined();
  expect(problemOf({}, { ...share, percent: "101" })).toMatch(/write 0 to 100/);
  expect(problemOf({}, { ...share, percent: "-2" })).toMatch(/write 0 to 100/);
  const seats = { kind: "seat", meterKey: null } as const;
  expect(problemOf(seats, { ...share, percent: "1" })).toMatch(/is seat: price it per_unit/);
  const packs = { model: "package", packageSize: "100" } as const;
  expect(problemOf({}, packs)).toBeUndefined();
  expect(problemOf({ included: "10" }, packs)).toMatch(/cannot bill by package: price it/);
  expect(problemOf({}, { ...packs, packageSize: "2.5" })).toMatch(/holds “2.5” units/);
  expect(problemOf({}, { minimumMinor: "500", capMinor: "100" })).toMatch(/capMinor: .*swap them/);
  expect(problemOf(seats, { capMinor: "100" })).toMatch(/only usage has a minimum or a cap/);
});

test("what is included is a whole number, and nothing of a flat price", () => {
  expect(problemOf({ included: "2.5" })).toMatch(/included: .*whole number of units/);
  expect(problemOf({ included: "-1" })).toMatch(/whole number of units/);
  expect(problemOf({ kind: "flat", meterKey: null, included: "1" })).toMatch(/write 0/);
});

test("a price missing beside another's only keeps a draft from being published", () => {
  const yearly = price({ interval: "year", unitMinor: "49000" });
  const { components } = goodDraft();
  const base = { ...components[0]!, prices: [price(), yearly] };
  const problems = findDraftProblems(goodDraft({ components: [base, components[1]!] }), about);
  expect(problems).toEqual([
    {
      field: "components.1.prices",
      message: expect.stringMatching(/Seats has no price in USD per year: add it, or take/),
      blocks: "publish",
    },
  ]);
});

test("keys taken twice, strange meters, second seats and two prices in one currency are said", () => {
  const { components } = goodDraft();
  const [base, seats, calls] = components as [PlanComponent, PlanComponent, PlanComponent];
  const twins = goodDraft({
    features: [...goodDraft().features, { key: "sso", name: "Twice", meterKey: "gone" }],
    components: [base, { ...base, name: "Base too", prices: [price(), price()] }, seats],
  });
  twins.components.push({ ...seats, key: "more" }, { ...calls, meterKey: "gone" });
  const fields = findDraftProblems(twins, about).map(({ field }) => field);
  expect(fields).toEqual([
    ...["features.1.key", "features.1.meterKey", "features.1.limit"],
    ...["components.1.key", "components", "components.1.prices.1.currency"],
    "components.4.meterKey",
  ]);
});

test("an add-on costs something, and has no trial and no seats", () => {
  const addOn = { ...about, kind: "add_on" } as const;
  const fields = (draft = goodDraft()) => findDraftProblems(draft, addOn).map((one) => one.field);
  expect(fields()).toEqual(["trialDays", "components"]);
  expect(fields(goodDraft({ trialDays: 0, components: [] }))).toEqual(["components"]);
});
