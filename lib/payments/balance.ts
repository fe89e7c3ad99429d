import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { StripeBalanceMove, StripeCustomer } from "#lib/stripe/gateway-customers";

/** What a tenant has with us, a currency each. Positive is their credit; negative they owe. */
export type Balances = Money[];

/** Stripe counts from our side (negative is credit); people are shown it from theirs. */
export function toBalances(customer: StripeCustomer): Balances {
  const kept = customer.invoice_credit_balance ?? {};
  const own = customer.currency ? { [customer.currency]: customer.balance } : {};
  return Object.entries({ ...own, ...kept }).flatMap(([currency, minor]) =>
    isCurrency(currency) && minor !== 0 ? [money(-BigInt(minor), currency)] : [],
  );
}

/** One move of a balance. */
export type BalanceMove = {
  id: string;
  /** From the tenant's side: positive gave them credit. */
  amount: Money;
  after: Money;
  type: string;
  description: string | null;
  invoiceId: string | null;
  at: Date;
};

export function toMove(move: StripeBalanceMove): BalanceMove[] {
  const { id, currency, amount, ending_balance: ending, type, description, invoice } = move;
  if (!isCurrency(currency)) return [];
  return [
    {
      ...{ id, type, description },
      amount: money(-BigInt(amount), currency),
      after: money(-BigInt(ending), currency),
      invoiceId: typeof invoice === "string" ? invoice : (invoice?.id ?? null),
      at: new Date(move.created * 1000),
    },
  ];
}
