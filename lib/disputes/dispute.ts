import type { StripeObjects } from "#lib/stripe/object-types";

export type StripeDispute = StripeObjects["dispute"];
export type StripeCharge = StripeObjects["charge"];

/** An amount in a currency of Stripe's, which need not be one we price in. */
export type Sum = { minor: bigint; currency: string };

/** Whose balance a dispute is taken from. */
export type Bearer = "tenant" | "platform";
/** A bank's question, or the dispute it may become. */
export type Stage = "inquiry" | "dispute";

/** Where a dispute is. Each has a word of its own wherever people read it. */
export const disputeStatuses = [
  "needs_response",
  "under_review",
  "won",
  "lost",
  "prevented",
  "warning_needs_response",
  "warning_under_review",
  "warning_closed",
] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

/** What a dispute has moved on its bearer's balance so far, in the currency of that balance. */
export type DisputeMoney = {
  taken: Sum;
  /** Stripe's fee, which is kept even where the dispute is won. */
  fee: Sum;
  returned: Sum;
  /** What it costs as it stands: what was taken and not returned, with the fee. */
  cost: Sum;
};

/** A dispute as its mirror has it. */
export type DisputeFacts = {
  id: string;
  account: string;
  bearer: Bearer;
  stage: Stage;
  status: DisputeStatus;
  /** It waits for an answer. */
  isOpen: boolean;
  reason: string;
  networkReasonCode: string | null;
  amount: Sum;
  /** Until when it can be answered; null where nothing is asked. */
  dueAt: Date | null;
  openedAt: Date;
  chargeId: string | null;
  paymentIntentId: string | null;
  money: DisputeMoney | null;
  /** A refund of the payment would end it. */
  isRefundable: boolean;
  /** What a card network takes to resolve a case of its own rules, which has to be agreed to. */
  networkFee: NetworkFee | null;
  submissions: number;
};

/** A case under a network's own rules costs 500 US dollars to answer, returned where it is won. */
export type NetworkFee = { kind: "visa_compliance" | "mastercard_compliance"; amount: Sum };
const complianceFee: Sum = { minor: 50_000n, currency: "usd" };

type Row = { account: string; id: string; object: unknown };

/** Reads a dispute's mirror. */
export function disputeOf({ account, object }: Row): DisputeFacts {
  const dispute = object as StripeDispute;
  const { evidence_details: details, status } = dispute;
  const isOpen = isAnswerable(status);
  return {
    ...{ id: dispute.id, account, bearer: bearerOf(account), stage: stageOf(status), isOpen },
    ...{ status: status as DisputeStatus, reason: dispute.reason },
    networkReasonCode: dispute.payment_method_details?.card?.network_reason_code ?? null,
    amount: { minor: BigInt(dispute.amount), currency: dispute.currency },
    dueAt: isOpen && details.due_by ? new Date(details.due_by * 1000) : null,
    openedAt: new Date(dispute.created * 1000),
    chargeId: nameOf(dispute.charge),
    paymentIntentId: nameOf(dispute.payment_intent),
    money: moneyOf(dispute),
    isRefundable: isOpen && dispute.is_charge_refundable,
    networkFee: isOpen ? networkFeeOf(dispute) : null,
    submissions: details.submission_count,
  };
}

export function bearerOf(account: string): Bearer {
  return account === "" ? "platform" : "tenant";
}

export function stageOf(status: string): Stage {
  return status.startsWith("warning_") ? "inquiry" : "dispute";
}

/** True while Stripe takes an answer. */
export function isAnswerable(status: string): boolean {
  return status.endsWith("needs_response");
}

/** Null while nothing was moved, as for an inquiry. */
function moneyOf({ balance_transactions: rows }: StripeDispute): DisputeMoney | null {
  const [first] = rows;
  if (!first) return null;
  const sum = (minor: number) => ({ minor: BigInt(minor), currency: first.currency });
  const total = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((so, row) => so + of(row), 0);
  return {
    taken: sum(total(({ amount }) => Math.max(0, -amount))),
    fee: sum(total(({ fee }) => fee)),
    returned: sum(total(({ amount }) => Math.max(0, amount))),
    cost: sum(total(({ net }) => -net)),
  };
}

function networkFeeOf({ enhanced_eligibility_types: types }: StripeDispute): NetworkFee | null {
  const kind = types.find((type) => type.endsWith("_compliance"));
  return kind ? { kind: kind as NetworkFee["kind"], amount: complianceFee } : null;
}

function nameOf(reference: string | { id: string } | null): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}
