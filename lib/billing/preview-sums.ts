import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";

/** What an invoice comes to that is not made yet. */
export type InvoiceSums = {
  subtotal: Money;
  discount: Money;
  tax: Money;
  total: Money;
  /** Credit of before that pays a part of it. */
  creditUsed: Money;
  /** Left to pay from before, on top of it. */
  owedBefore: Money;
  /** What becomes credit, where it comes to less than nothing. */
  creditGiven: Money;
  /** Too little to charge: it is put on the next invoice. */
  carriedOver: Money;
  due: Money;
};

type Sums = {
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  dueMinor: bigint;
  startingBalanceMinor: bigint;
  endingBalanceMinor: bigint;
};

/** Stripe's sums in our words: its balance is credit below zero, and owed above it. */
export function sumsOf(invoice: Sums, currency: Currency): InvoiceSums {
  const of = (minor: bigint) => money(minor, currency);
  const { totalMinor: total, startingBalanceMinor: balance, endingBalanceMinor: left } = invoice;
  const credit = atLeastNothing(-balance);
  return {
    subtotal: of(invoice.subtotalMinor),
    discount: of(invoice.discountMinor),
    tax: of(invoice.taxMinor),
    total: of(total),
    creditUsed: of(credit < total ? credit : atLeastNothing(total)),
    owedBefore: of(atLeastNothing(balance)),
    creditGiven: of(total < 0n ? atLeastNothing(-total - atLeastNothing(balance)) : 0n),
    carriedOver: of(atLeastNothing(left)),
    due: of(invoice.dueMinor),
  };
}

function atLeastNothing(minor: bigint): bigint {
  return minor > 0n ? minor : 0n;
}
