import fc from "fast-check";
import { expect, test } from "vitest";
import { type Currency, currencies } from "#lib/money/currency";
import { money } from "#lib/money/money";
import { type FeeRule, type FeeRules, problemsOf } from "#lib/selling/fee-policy";
import { ceilingOf, type FeeFacts, resolveFee } from "#lib/selling/resolve-fee";

const always = { plans: [], methods: [], countries: [], currencies: [] };
const rule = (over: Partial<FeeRule> = {}): FeeRule => ({
  ...{ name: "Everything", when: always, least: {}, most: {} },
  tiers: [{ from: {}, percent: "2.9", fixed: { usd: "30" } }],
  ...over,
});
const card = (minor: bigint, over: Partial<FeeFacts> = {}): FeeFacts => ({
  ...{ amount: money(minor, "usd"), plan: "pro", method: "card", country: "US" },
  ...{ volumeMinor: 0n, ...over },
});
const feeOf = (rules: FeeRules, facts: FeeFacts) => resolveFee(rules, facts).fee.minor;

test("percent and fixed are added up and rounded once, a half away from zero", () => {
  expect(feeOf([rule()], card(10_000n))).toBe(320n);
  // 2.9 % of 1,050 is 30.45, and with the fixed part 60.45; of 1,500 it is exactly 73.5.
  expect(feeOf([rule()], card(1_050n))).toBe(60n);
  expect(feeOf([rule()], card(1_500n))).toBe(74n);
  expect(resolveFee([rule()], card(1_500n)).steps).toEqual([
    { kind: "percent", percent: "2.9", minor: "43.5" },
    { kind: "fixed", minor: "30" },
    { kind: "rounded", minor: "74" },
  ]);
});

test("a minimum, a maximum and the payment itself bound it", () => {
  const bound = rule({ least: { usd: "50" }, most: { usd: "500" } });
  expect(feeOf([bound], card(100n))).toBe(50n);
  expect(feeOf([bound], card(1_000_000n))).toBe(500n);
  const dear = resolveFee([bound], card(40n));
  expect(dear.fee.minor).toBe(40n);
  expect(dear.steps.map(({ kind }) => kind)).toEqual([
    ...["percent", "fixed", "rounded", "least", "whole"],
  ]);
  // A fixed part in one currency is none in another.
  expect(feeOf([bound], { ...card(0n), amount: money(10_000n, "eur") })).toBe(290n);
});

test("the first rule that holds decides, and those before it say what they are not for", () => {
  const rules = [
    rule({ name: "Bank debits", when: { ...always, methods: ["sepa_debit"] } }),
    rule({ name: "Cards of Europe", when: { ...always, countries: ["DE", "FR"] } }),
    rule({ name: "Scale", when: { ...always, plans: ["scale"] } }),
    rule({ name: "Rest" }),
  ];
  expect(resolveFee(rules, card(100n))).toMatchObject({
    rule: "Rest",
    passed: [
      { rule: "Bank debits", because: "methods" },
      { rule: "Cards of Europe", because: "countries" },
      { rule: "Scale", because: "plans" },
    ],
  });
  expect(resolveFee(rules, card(100n, { country: "DE" })).rule).toBe("Cards of Europe");
  expect(resolveFee(rules.slice(0, 3), card(100n, { country: null }))).toMatchObject({
    ...{ rule: null, fee: { minor: 0n }, steps: [] },
  });
});

test("a tier begins with the payment that finds its volume reached", () => {
  const tiers = [
    { from: {}, percent: "3", fixed: {} },
    { from: { usd: "1000000" }, percent: "2", fixed: {} },
    { from: { usd: "5000000" }, percent: "1", fixed: {} },
  ];
  const at = (volumeMinor: bigint) => feeOf([rule({ tiers })], card(10_000n, { volumeMinor }));
  expect([at(0n), at(999_999n), at(1_000_000n), at(4_999_999n), at(5_000_000n)]).toEqual([
    ...[300n, 300n, 200n, 200n, 100n],
  ]);
});

test("what cannot be meant is said before it is published", () => {
  const tier = (from: object) => ({ from, percent: "1", fixed: {} });
  const broken = rule({
    tiers: [tier({}), tier({ usd: "500" }), tier({ usd: "400" }), tier({})],
    least: { usd: "9" },
    most: { usd: "8" },
  });
  expect(problemsOf([broken, rule()])).toEqual([
    "“Everything” has tiers whose volumes in USD do not rise.",
    "“Everything” has a later tier that says no volume.",
    "“Everything” has a minimum above its maximum in USD.",
    "“Everything” holds for every payment, so no rule after it is ever asked.",
  ]);
  expect(problemsOf([rule()])).toEqual([]);
});

const some = <T>(...values: T[]) => fc.subarray(values);
const digits = (most: number) => fc.integer({ min: 0, max: most }).map(String);
const anAmount = fc.oneof(
  fc.constant({}),
  digits(500).map((usd) => ({ usd })),
);
const aTier = (from: object) =>
  fc.record({
    from: fc.constant(from),
    percent: fc.integer({ min: 0, max: 10_000 }).map((of) => (of / 100).toFixed(2)),
    fixed: anAmount,
  });
const aRule: fc.Arbitrary<FeeRule> = fc.record({
  name: fc.constant("r"),
  when: fc.record({
    ...{ plans: some("pro"), methods: some("card", "link"), countries: some("US", "DE") },
    currencies: some<Currency>("usd", "eur"),
  }),
  tiers: fc.tuple(aTier({}), aTier({ usd: "5000" })),
  ...{ least: anAmount, most: anAmount },
});
const facts: fc.Arbitrary<FeeFacts> = fc.record({
  amount: fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.constantFrom<Currency>("usd", "eur"))
    .map(([minor, currency]) => money(minor, currency)),
  plan: fc.constantFrom(null, "pro"),
  method: fc.constantFrom(null, "card", "link", "klarna"),
  country: fc.constantFrom(null, "US", "DE", "CH"),
  volumeMinor: fc.bigInt({ min: 0n, max: 10_000n }),
});

test("what is asked for before the payer has chosen is never less than what is due after", () => {
  fc.assert(
    fc.property(fc.array(aRule, { maxLength: 5 }), facts, fc.boolean(), (rules, known, isHalf) => {
      const due = resolveFee(rules, known);
      const open = { ...known, country: undefined, ...(!isHalf && { method: undefined }) };
      const most = ceilingOf(rules, open);
      expect(most.fee.minor).toBeGreaterThanOrEqual(due.fee.minor);
      expect(most.fee.minor).toBeLessThanOrEqual(known.amount.minor);
      // With everything known the two are the same question.
      expect(ceilingOf(rules, known)).toMatchObject({ fee: due.fee, rule: due.rule });
    }),
    { numRuns: 400 },
  );
});

test("no currency's fee is anything but whole minor units between nothing and the payment", () => {
  fc.assert(
    fc.property(
      aRule,
      fc.constantFrom(...(Object.keys(currencies) as Currency[])),
      (one, currency) => {
        const { fee } = resolveFee([one], { ...card(1n), amount: money(7n, currency) });
        expect(fee.currency).toBe(currency);
        expect(fee.minor >= 0n && fee.minor <= 7n).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});
