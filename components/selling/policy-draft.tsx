import { type Currency, isCurrency } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { parseMoney } from "#lib/money/parse-money";
import type { Amounts, FeeRule, FeeRules } from "#lib/selling/fee-policy";

/** A rule as it is typed: amounts and lists are lines of text. */
export type TypedRule = {
  key: number;
  name: string;
  plans: string;
  methods: string;
  countries: string;
  currencies: string;
  tiers: { key: number; from: string; percent: string; fixed: string }[];
  least: string;
  most: string;
};

/** Amounts as they are typed: "0.30 USD, 0.25 EUR". */
export function typeAmounts(amounts: Amounts): string {
  return (Object.entries(amounts) as [Currency, string][])
    .map(([currency, minor]) => {
      return `${toDecimal(money(BigInt(minor), currency))} ${currency.toUpperCase()}`;
    })
    .join(", ");
}

/** Reads them again; null where a part is no amount with its currency. */
export function readAmounts(text: string): Amounts | null {
  const amounts: Amounts = {};
  for (const part of text.split(",").filter((word) => word.trim())) {
    const [, sum = "", code = ""] = /^\s*([\d.]+)\s*([a-z]{3})\s*$/i.exec(part) ?? [];
    const currency = code.toLowerCase();
    const amount = isCurrency(currency) ? parseMoney(sum, currency) : null;
    if (!amount) return null;
    amounts[amount.currency] = amount.minor.toString();
  }
  return amounts;
}

let made = 0;
/** Keeps a row's fields with it while others come and go. */
export function nextKey(): number {
  made += 1;
  return made;
}

export function toTyped({ name, when, tiers, least, most }: FeeRule): TypedRule {
  return {
    ...{ key: nextKey(), name, least: typeAmounts(least), most: typeAmounts(most) },
    ...{ plans: when.plans.join(", "), methods: when.methods.join(", ") },
    ...{ countries: when.countries.join(", "), currencies: when.currencies.join(", ") },
    tiers: tiers.map(({ from, percent, fixed }) => {
      return { key: nextKey(), from: typeAmounts(from), percent, fixed: typeAmounts(fixed) };
    }),
  };
}

export function blankRule(): TypedRule {
  const none = { plans: "", methods: "", countries: "", currencies: "", least: "", most: "" };
  return { ...none, key: nextKey(), name: "Every payment", tiers: [blankTier()] };
}

export function blankTier(): TypedRule["tiers"][number] {
  return { key: nextKey(), from: "", percent: "", fixed: "" };
}

/** What is sent, or which rule has an amount nobody can read. */
export function toRules(typed: readonly TypedRule[]): FeeRules | { unread: string } {
  const rules: FeeRules = [];
  for (const { name, tiers, least, most, ...when } of typed) {
    const limits = [readAmounts(least), readAmounts(most)] as const;
    const read = tiers.map(({ from, percent, fixed }) => {
      return { from: readAmounts(from), percent: percent.trim(), fixed: readAmounts(fixed) };
    });
    const isRead = read.every(({ from, fixed }) => from && fixed) && limits.every(Boolean);
    if (!isRead) return { unread: name };
    rules.push({
      ...{ name, least: limits[0]!, most: limits[1]! },
      tiers: read.map(({ from, percent, fixed }) => ({ from: from!, percent, fixed: fixed! })),
      when: {
        plans: listOf(when.plans),
        methods: listOf(when.methods),
        countries: listOf(when.countries).map((code) => code.toUpperCase()),
        currencies: listOf(when.currencies).map((code) => code.toLowerCase() as Currency),
      },
    });
  }
  return rules;
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}
