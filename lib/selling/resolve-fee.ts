import {
  type Decimal,
  formatDecimal,
  parseDecimal,
  plus,
  roundToWhole,
  times,
  wholeDecimal,
} from "#lib/catalog/rational";
import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { Amounts, FeeRule, FeeRules, FeeTier } from "#lib/selling/fee-policy";

/** What a fee follows from. What is not known yet is undefined; what there is none of is null. */
export type FeeFacts = {
  amount: Money;
  plan: string | null;
  method: string | null | undefined;
  country: string | null | undefined;
  /** What was taken in this currency earlier in the month, in minor units. */
  volumeMinor: bigint;
};

/** How an answer came about, as it is kept with a payment. Amounts are decimals of minor units. */
export type FeeStep =
  | { kind: "percent"; percent: string; minor: string }
  | { kind: "fixed"; minor: string }
  | { kind: "rounded"; minor: string }
  | { kind: "least"; minor: string }
  | { kind: "most"; minor: string }
  /** Stripe takes no fee above the payment itself. */
  | { kind: "whole"; minor: string };
export type FeeCondition = "plans" | "methods" | "countries" | "currencies";
export type FeeAnswer = {
  fee: Money;
  /** The rule that decided, and which of its tiers; null where none holds. */
  rule: string | null;
  tier: number;
  steps: FeeStep[];
  /** The rules asked before it, and what each was not for. */
  passed: { rule: string; because: FeeCondition }[];
};

const hundredth: Decimal = { whole: 1n, scale: 2 };

/** What the platform takes of a payment, exactly, and why. Needs every fact. */
export function resolveFee(rules: FeeRules, facts: FeeFacts): FeeAnswer {
  const passed: FeeAnswer["passed"] = [];
  for (const rule of rules) {
    const because = unmetBy(rule, facts);
    if (because === null) return { ...feeBy(rule, facts), passed };
    passed.push({ rule: rule.name, because });
  }
  return { ...nothingOf(facts.amount.currency), passed };
}

/**
 * The most the fee can come to whatever is still unknown: what Stripe is asked to take before the
 * payer has chosen how to pay. What the payment then owes is never more.
 */
export function ceilingOf(rules: FeeRules, facts: FeeFacts): FeeAnswer {
  const open: FeeCondition[] = [
    ...(facts.method === undefined ? (["methods"] as const) : []),
    ...(facts.country === undefined ? (["countries"] as const) : []),
  ];
  let highest: FeeAnswer = { ...nothingOf(facts.amount.currency), passed: [] };
  for (const rule of rules) {
    if (unmetBy(rule, facts, open) !== null) continue;
    const answer = { ...feeBy(rule, facts), passed: [] };
    if (answer.fee.minor > highest.fee.minor || highest.rule === null) highest = answer;
    // Nothing after a rule that holds for sure is ever asked.
    if (open.every((condition) => rule.when[condition].length === 0)) break;
  }
  return highest;
}

/** The first condition of a rule that a payment does not meet, but for those that are open. */
function unmetBy(
  { when }: FeeRule,
  { amount, plan, method, country }: FeeFacts,
  open: readonly FeeCondition[] = [],
): FeeCondition | null {
  const has: Record<FeeCondition, string | null | undefined> = {
    ...{ currencies: amount.currency, plans: plan, methods: method, countries: country },
  };
  const found = (Object.keys(has) as FeeCondition[]).find((name) => {
    const wanted: readonly string[] = when[name];
    if (wanted.length === 0 || open.includes(name)) return false;
    const value = has[name];
    return value === null || value === undefined || !wanted.includes(value);
  });
  return found ?? null;
}

function feeBy(rule: FeeRule, { amount, volumeMinor }: FeeFacts): Omit<FeeAnswer, "passed"> {
  const { currency } = amount;
  const tier = tierFor(rule.tiers, currency, volumeMinor);
  const { percent, fixed } = rule.tiers[tier] ?? { percent: "0", fixed: {} };
  const share = times(times(wholeDecimal(amount.minor), parseDecimal(percent)), hundredth);
  const steps: FeeStep[] = [{ kind: "percent", percent, minor: formatDecimal(share) }];
  const added = minorIn(fixed, currency) ?? 0n;
  if (added > 0n) steps.push({ kind: "fixed", minor: String(added) });
  const exact = plus(share, wholeDecimal(added));
  let fee = roundToWhole(exact);
  if (formatDecimal(exact) !== String(fee)) steps.push({ kind: "rounded", minor: String(fee) });
  const limits = [
    { kind: "least", limit: minorIn(rule.least, currency), isBroken: (of: bigint) => fee < of },
    { kind: "most", limit: minorIn(rule.most, currency), isBroken: (of: bigint) => fee > of },
    { kind: "whole", limit: amount.minor, isBroken: (of: bigint) => fee > of },
  ] as const;
  for (const { kind, limit, isBroken } of limits) {
    if (limit === null || !isBroken(limit)) continue;
    fee = limit;
    steps.push({ kind, minor: String(fee) });
  }
  return { fee: money(fee, currency), rule: rule.name, tier, steps };
}

/** The last tier whose volume was reached before this payment. */
function tierFor(tiers: readonly FeeTier[], currency: Currency, volumeMinor: bigint): number {
  return tiers.findLastIndex(({ from }, place) => {
    const begins = place === 0 ? 0n : minorIn(from, currency);
    return begins !== null && volumeMinor >= begins;
  });
}

function minorIn(amounts: Amounts, currency: Currency): bigint | null {
  const digits = amounts[currency];
  return digits === undefined ? null : BigInt(digits);
}

function nothingOf(currency: Currency): Omit<FeeAnswer, "passed"> {
  return { fee: money(0n, currency), rule: null, tier: 0, steps: [] };
}
