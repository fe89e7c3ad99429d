import type { StripePayout } from "#lib/db/generated/client";
import { type FailureCode, type FailureMend, failureOf } from "#lib/payouts/failure";
import type { Sum } from "#lib/payouts/sum";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

export const payoutStatuses = ["pending", "in_transit", "paid", "failed", "canceled"] as const;
export type PayoutStatus = (typeof payoutStatuses)[number];

/** Money that went to a bank, or with a negative amount came from it. */
export type Payout = {
  id: string;
  /** Whose balance it left; empty: the platform's own. */
  account: string;
  tenantId: string | null;
  /** Stripe may add to the words we know. */
  status: PayoutStatus | (string & {});
  amount: Sum;
  createdAt: Date;
  arrivesAt: Date | null;
  isAutomatic: boolean;
  method: string;
  /** The bank account or card, by its id. */
  targetId: string | null;
  failure: {
    /** Stripe's own code, and the one of ours that its words are under. */
    stripeCode: string | null;
    code: FailureCode | "other";
    message: string | null;
    mend: FailureMend;
    /** Nothing more goes there until it is mended. */
    stops: boolean;
  } | null;
  /** What the bank calls it; null: the bank tells none, or not yet. */
  bankReference: { status: "pending" | "supported" | "unsupported"; value: string | null };
  /** The payout that brought it back, and the one that this one brings back. */
  reversedById: string | null;
  reversesId: string | null;
  /** Whether Stripe says what it is made of. */
  parts: "itemised" | "awaited" | "not_itemised";
  balanceTransactionId: string | null;
};

/** Reads a mirror of a payout. */
export function toPayout(row: Omit<StripePayout, "instant" | "isDeleted">): Payout {
  const { id, account, tenantId, currency, amountMinor, arrivesAt } = row;
  const object = row.object as unknown as StripeObjects["payout"];
  return {
    ...{ id, account, tenantId, arrivesAt, status: row.status ?? object.status },
    amount: { minor: amountMinor ?? 0n, currency: currency ?? "usd" },
    createdAt: row.createdAt ?? new Date(object.created * 1000),
    ...{ isAutomatic: row.isAutomatic ?? false, method: object.method },
    targetId: idOf(object.destination),
    failure: row.status === "failed" ? failureIn(object) : null,
    bankReference: referenceIn(object),
    ...{ reversedById: idOf(object.reversed_by), reversesId: idOf(object.original_payout) },
    parts: partsIn(object),
    balanceTransactionId: row.balanceTransactionId,
  };
}

function failureIn({
  failure_code: stripeCode,
  failure_message: message,
}: StripeObjects["payout"]) {
  return { stripeCode, message, ...failureOf(stripeCode) };
}

/** Until Stripe says anything, it may still come. */
function referenceIn({ trace_id: trace }: StripeObjects["payout"]): Payout["bankReference"] {
  const status = (["supported", "unsupported"] as const).find((one) => one === trace?.status);
  return { status: status ?? "pending", value: trace?.value ?? null };
}

function partsIn({ automatic, reconciliation_status: status }: StripeObjects["payout"]) {
  if (!automatic) return "not_itemised";
  return status === "completed" ? "itemised" : "awaited";
}
