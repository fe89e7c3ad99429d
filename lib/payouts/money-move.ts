import type { MoneyMove } from "#lib/db/generated/client";
import type { Sum } from "#lib/payouts/sum";
import type { CancelRequest, PayoutRequest } from "#lib/stripe/gateway-payouts";
import type {
  DebitRequest,
  FeeRefundRequest,
  ReversalRequest,
  TopupRequest,
  TransferRequest,
} from "#lib/stripe/gateway-transfers";

/** What Stripe is asked for by each kind of move. Kept with the move; every try says the same. */
export type MoveRequests = {
  payout: PayoutRequest;
  payout_cancel: CancelRequest;
  transfer: TransferRequest;
  transfer_reversal: ReversalRequest;
  fee_refund: FeeRefundRequest;
  topup: TopupRequest;
  topup_cancel: { topupId: string };
  account_debit: DebitRequest;
  /** What a dispute of the platform's cost it, taken back of the transfer or from the balance. */
  loss_reversal: ReversalRequest;
  loss_debit: DebitRequest;
};
export type MoveKind = keyof MoveRequests;
export type MoveStatus = "requested" | "done" | "failed";

/** What each kind is called where the platform's people read of it. */
export const moveWords = {
  payout: "Payout",
  payout_cancel: "Payout canceled",
  transfer: "Transfer",
  transfer_reversal: "Transfer taken back",
  fee_refund: "Fee given back",
  topup: "Top-up",
  topup_cancel: "Top-up canceled",
  account_debit: "Account debited",
  loss_reversal: "Loss taken back of a transfer",
  loss_debit: "Loss debited",
} as const satisfies Record<MoveKind, string>;

/** What is kept of a request: the words, and how often Stripe itself failed at them. */
export type KeptRequest<Kind extends MoveKind = MoveKind> = {
  ask: MoveRequests[Kind];
  /** Stripe repeats its own failure to a key, so each round has a key of its own. */
  round: number;
};

/** A move as people see it. */
export type MoneyMoveView = {
  id: string;
  kind: MoveKind;
  status: MoveStatus;
  accountId: string;
  objectId: string | null;
  amount: Sum | null;
  reason: string | null;
  requestedAt: Date;
  requestedById: string;
  stripeId: string | null;
  /** What Stripe took for it. */
  fee: Sum | null;
  error: string | null;
};

export function toMove(row: MoneyMove): MoneyMoveView {
  const { id, kind, status, accountId, objectId, reason, requestedAt, requestedById } = row;
  const { amountMinor, feeMinor, currency, stripeId, error } = row;
  const sumOf = (minor: bigint | null) =>
    minor !== null && currency !== null ? { minor, currency } : null;
  return {
    ...{ id, kind, status, accountId, objectId, reason, requestedAt, requestedById },
    ...{ stripeId, error, amount: sumOf(amountMinor), fee: sumOf(feeMinor) },
  };
}
