import { compareDecimals, parseDecimal } from "#lib/catalog/rational";
import type { Lifecycle } from "#lib/lifecycle";
import type { Currency } from "#lib/money/currency";

export type FeePolicyStatus = "draft" | "published" | "retired";

export type FeePolicyEvent = "publish" | "retire";

/** A published version never changes; one that was retired never comes back. */
export const feePolicyLifecycle = {
  draft: { publish: "published" },
  published: { retire: "retired" },
  retired: {},
} as const satisfies Lifecycle<FeePolicyStatus, FeePolicyEvent>;

/** Minor units by currency, as digits, because they are kept as JSON. */
export type Amounts = Partial<Record<Currency, string>>;

/** What is taken from the month's volume at which it begins. */
export type FeeTier = {
  /** The first tier begins at nothing; a later one where its currency has an amount. */
  from: Amounts;
  /** A decimal: "2.9". */
  percent: string;
  fixed: Amounts;
};

/** A condition that is empty holds for every payment. */
export type FeeConditions = {
  plans: string[];
  /** Stripe's words for ways to pay: `card`, `sepa_debit`. */
  methods: string[];
  /** Where the card is from (ISO 3166). */
  countries: string[];
  currencies: Currency[];
};

/** What is taken of the payments its conditions hold for. */
export type FeeRule = {
  name: string;
  when: FeeConditions;
  tiers: FeeTier[];
  /** The least and the most that is taken, where a currency has one. */
  least: Amounts;
  most: Amounts;
};

/** The first rule that holds decides; where none does nothing is taken. */
export type FeeRules = FeeRule[];

/** What cannot be meant, in words; nothing where the rules can be published. */
export function problemsOf(rules: FeeRules): string[] {
  return rules.flatMap((rule, place) => {
    const found = [...tierProblems(rule), ...limitProblems(rule)];
    if (place < rules.length - 1 && holdsForAll(rule)) {
      found.push("holds for every payment, so no rule after it is ever asked");
    }
    return found.map((problem) => `“${rule.name}” ${problem}.`);
  });
}

/** True where a rule has no condition. */
export function holdsForAll({ when }: FeeRule): boolean {
  return Object.values(when).every((values) => values.length === 0);
}

function tierProblems({ tiers }: FeeRule): string[] {
  const [first, ...rest] = tiers;
  if (!first) return ["takes nothing: it needs a percentage"];
  const found: string[] = [];
  if (Object.keys(first.from).length > 0) found.push("has no tier that begins at nothing");
  let before: Amounts = {};
  for (const { from } of rest) {
    if (Object.keys(from).length === 0) found.push("has a later tier that says no volume");
    for (const [currency, minor] of Object.entries(from) as [Currency, string][]) {
      const last = before[currency] ?? "0";
      if (compareDecimals(parseDecimal(minor), parseDecimal(last)) > 0) continue;
      found.push(`has tiers whose volumes in ${currency.toUpperCase()} do not rise`);
    }
    before = { ...before, ...from };
  }
  return found;
}

function limitProblems({ least, most }: FeeRule): string[] {
  return (Object.entries(least) as [Currency, string][]).flatMap(([currency, minor]) => {
    const limit = most[currency];
    if (limit === undefined || BigInt(minor) <= BigInt(limit)) return [];
    return [`has a minimum above its maximum in ${currency.toUpperCase()}`];
  });
}
