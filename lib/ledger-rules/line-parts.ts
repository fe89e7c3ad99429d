import type { AccountCode } from "#lib/ledger/chart";
import type { Known } from "#lib/ledger-rules/claim";
import { dayOf } from "#lib/ledger-rules/schedule";
import type { StripeInvoiceLine } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

/** What an invoice's line comes to: net of what was taken off it, its tax, and credits it used. */
export type LineParts = {
  id: string;
  priceId: string | null;
  net: bigint;
  tax: bigint;
  /** Of the net, what prepaid credit pays instead of the customer. */
  credits: bigint;
  code: AccountCode;
  plan: string | undefined;
  /** The days over which it is earned; null where it is earned as it is billed. */
  over: { from: Date; to: Date } | null;
};

type Part = { amount: number; type?: string; tax_behavior?: string };
type Amounts = {
  amount: number;
  discount_amounts?: readonly Part[] | null;
  pretax_credit_amounts?: readonly Part[] | null;
  taxes?: readonly Part[] | null;
};

const sum = (parts: readonly Part[] | null | undefined): bigint =>
  (parts ?? []).reduce((total, { amount }) => total + BigInt(amount), 0n);

/** A line without its discounts and the tax inside it, and its tax, whichever way it was shown. */
export function amountsOf(line: Amounts): { net: bigint; tax: bigint; credits: bigint } {
  const inside = (line.taxes ?? []).filter(({ tax_behavior: how }) => how === "inclusive");
  const spent = (line.pretax_credit_amounts ?? []).filter(({ type }) => type !== "discount");
  const net = BigInt(line.amount) - sum(line.discount_amounts) - sum(inside);
  return { net, tax: sum(line.taxes), credits: sum(spent) };
}

export const priceIdOf = (line: StripeInvoiceLine): string | null =>
  idOf(line.pricing?.price_details?.price);

const codes = {
  flat: "revenue:subscription",
  seat: "revenue:seats",
  usage: "revenue:usage",
} as const satisfies Record<string, AccountCode>;

/** What an item of ours without a price corrects, by what it is marked with. */
const marks = {
  usage_adjustment_id: "revenue:usage",
  seat_charge_id: "revenue:seats",
} as const satisfies Record<string, AccountCode>;

function codeOfItem({ metadata }: StripeInvoiceLine): AccountCode {
  const mark = Object.keys(marks).find((key) => metadata?.[key]);
  return mark ? marks[mark as keyof typeof marks] : "revenue:other";
}

/** What a line is, by its price. What is of no plan is other revenue, earned as it is billed. */
export function partsOf(line: StripeInvoiceLine, finalizedAt: Date, known: Known): LineParts {
  const priceId = priceIdOf(line);
  const price = known.price(priceId);
  const isPlan = Boolean(price) || line.parent?.type === "subscription_item_details";
  const code = price ? codes[price.kind] : isPlan ? "revenue:subscription" : codeOfItem(line);
  const [from, to] = [line.period.start, line.period.end].map((at) => dayOf(instantFrom(at)));
  const isAhead = isPlan && code !== "revenue:usage" && to! > from! && to! > dayOf(finalizedAt);
  return {
    ...{ id: line.id, priceId, code, plan: price?.plan, ...amountsOf(line) },
    over: isAhead ? { from: from!, to: to! } : null,
  };
}
