import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import { on } from "#lib/stripe/gateway-payouts";
import { idOf, instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** An amount as Stripe tells it: in a currency we may never price in. */
export type StripeSum = { minor: bigint; currency: string };
/** The kinds of money a balance keeps apart; one payout or transfer draws on one of them. */
export type SourceType = "card" | "bank_account" | "fpx";
export type AvailableSum = StripeSum & { bySource: Partial<Record<SourceType, bigint>> };
export type StripeBalance = {
  available: AvailableSum[];
  pending: StripeSum[];
  /** Held of the platform's for accounts whose losses it bears. */
  reserved: StripeSum[];
  /** What can be had within minutes, and what of it arrives at which bank account or card. */
  instant: (StripeSum & { net: { destination: string; minor: bigint }[] })[];
};

/** One row of a balance, as Stripe tells it. */
export type BalanceRow = {
  id: string;
  type: string;
  category: string;
  sourceId: string | null;
  description: string | null;
  currency: string;
  amount: bigint;
  fee: bigint;
  stripeFee: bigint;
  applicationFee: bigint;
  net: bigint;
  createdAt: Date;
  availableAt: Date;
  isPending: boolean;
};
export type BalancePage = { rows: BalanceRow[]; next: string | null };
type RowFilter = {
  payoutId?: string;
  currency?: string;
  from?: Date;
  until?: Date;
  after?: string | null;
};

export function balanceCalls(stripe: StripeClient) {
  return {
    readBalance(accountId: string): Promise<StripeBalance> {
      return ask(async () => {
        const expand = ["instant_available.net_available"];
        const balance = await stripe.balance.retrieve({ expand }, on(accountId));
        const { available, pending, connect_reserved: reserved = [] } = balance;
        return {
          available: available.map(({ source_types: sources = {}, ...sum }) => ({
            ...sumOf(sum),
            bySource: bySourceOf(sources as Record<string, number>),
          })),
          ...{ pending: sumsOf(pending), reserved: sumsOf(reserved) },
          instant: (balance.instant_available ?? []).map(({ net_available: net, ...sum }) => ({
            ...sumOf(sum),
            net: (net ?? []).map(({ destination, amount }) => {
              return { destination, minor: BigInt(amount) };
            }),
          })),
        };
      });
    },

    /** A page of an account's balance, the newest first; of one payout, where one is named. */
    listBalanceRows(accountId: string, filter: RowFilter): Promise<BalancePage> {
      const { payoutId, currency, from, until, after } = filter;
      const created = {
        ...(from && { gte: secondsOf(from) }),
        ...(until && { lte: secondsOf(until) }),
      };
      const params = {
        limit: 100,
        ...(payoutId && { payout: payoutId }),
        ...(currency && { currency }),
        ...((from || until) && { created }),
        ...(after && { starting_after: after }),
      };
      return ask(async () => {
        const page = await stripe.balanceTransactions.list(params, on(accountId));
        return {
          rows: page.data.map(rowOf),
          next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
        };
      });
    },
  };
}

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000);

function sumOf({ amount, currency }: { amount: number; currency: string }): StripeSum {
  return { minor: BigInt(amount), currency };
}

function bySourceOf(sources: Record<string, number>): AvailableSum["bySource"] {
  return Object.fromEntries(Object.entries(sources).map(([name, sum]) => [name, BigInt(sum)]));
}

function sumsOf(sums: readonly { amount: number; currency: string }[]): StripeSum[] {
  return sums.map(sumOf);
}

function rowOf(row: Stripe.BalanceTransaction): BalanceRow {
  const feeOf = (type: string) =>
    row.fee_details.reduce((sum, fee) => sum + (fee.type === type ? BigInt(fee.amount) : 0n), 0n);
  return {
    ...{ id: row.id, type: row.type, category: row.reporting_category, currency: row.currency },
    ...{ sourceId: idOf(row.source), description: row.description },
    ...{ amount: BigInt(row.amount), fee: BigInt(row.fee), net: BigInt(row.net) },
    ...{ stripeFee: feeOf("stripe_fee"), applicationFee: feeOf("application_fee") },
    ...{ createdAt: instantFrom(row.created), availableAt: instantFrom(row.available_on) },
    isPending: row.status === "pending",
  };
}
