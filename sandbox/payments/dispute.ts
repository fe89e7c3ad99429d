import { blankDispute, daysToAnswer, networkCodeOf } from "#sandbox/payments/blank-dispute";
import { closeReviews, settleWarnings } from "#sandbox/payments/fraud";
import { type LedgerRow, post, stripeFee, today } from "#sandbox/payments/ledger";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Dispute = ObjectOf<"dispute">;

const disputeFee = 1500;

/** A cardholder's bank takes a payment back, or only asks about it. A dispute debits the account
 *  the charge was made on; what was passed on to others stays with them. */
export function openDispute(
  world: World,
  charge: Row<"charge">,
  about: { reason: string; isInquiry?: boolean; amount?: number },
): Row<"dispute"> {
  const { id, currency, payment_intent } = charge.object;
  const amount = about.amount ?? charge.object.amount_captured - refundedOf(charge.object);
  const isInquiry = about.isInquiry ?? false;
  const dispute: Dispute = {
    ...blankDispute(world),
    id: world.newId("du"),
    amount,
    charge: id,
    currency,
    is_charge_refundable: isInquiry,
    network_reason_code: networkCodeOf(about.reason),
    payment_intent,
    payment_method_details: {
      card: {
        brand: charge.object.payment_method_details?.card?.brand ?? "visa",
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: charge.object.payment_method_details?.card?.brand ?? "visa",
        network_reason_code: networkCodeOf(about.reason),
      },
      type: "card",
    },
    reason: about.reason,
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
  const row = world.insert("dispute", dispute, {});
  charge.object = { ...charge.object, disputed: true };
  world.save(charge);
  world.schedule("dispute.expire", dispute.id, dispute.evidence_details.due_by ?? world.now());
  settleWarnings(world, id);
  closeReviews(world, id, "disputed");
  world.emit("charge.dispute.created", row.object);
  if (!isInquiry) withdraw(world, row);
  return row;
}

/** Keeps evidence, and hands it to the bank if it is submitted. */
export function answerDispute(
  world: World,
  row: Row<"dispute">,
  evidence: Partial<Dispute["evidence"]>,
  isSubmitted: boolean,
): void {
  const { evidence_details: details, status } = row.object;
  const before = { evidence: row.object.evidence, evidence_details: details, status };
  const whole = { ...row.object.evidence, ...evidence };
  row.object = {
    ...row.object,
    evidence: whole,
    evidence_details: {
      ...details,
      has_evidence: true,
      submission_count: details.submission_count + (isSubmitted ? 1 : 0),
      submission_method: isSubmitted ? "manual" : details.submission_method,
    },
    status: isSubmitted ? underReview(status) : status,
  };
  world.save(row);
  world.emit("charge.dispute.updated", row.object, before);
  if (!isSubmitted) return;
  world.unschedule("dispute.expire", row.object.id);
  const verdict = whole.uncategorized_text ?? "";
  const seconds = verdict in verdicts ? 0 : daysToDecide * 86_400;
  world.schedule("dispute.decide", row.object.id, world.now() + seconds);
}

/** What Stripe's test evidence makes the bank decide. */
const verdicts: Record<string, "won" | "lost" | "escalated"> = {
  winning_evidence: "won",
  losing_evidence: "lost",
  escalate_inquiry_evidence: "escalated",
};
const daysToDecide = 60;

/** The bank has read the evidence. Without one of the test words it finds for the cardholder. */
export function decideDispute(world: World, id: string): void {
  const row = world.find("dispute", id);
  if (row === undefined || !row.object.status.endsWith("under_review")) return;
  const verdict = verdicts[row.object.evidence.uncategorized_text ?? ""] ?? "lost";
  if (isInquiry(row.object)) {
    if (verdict === "escalated") escalate(world, row);
    else closeDispute(world, row, "warning_closed");
  } else closeDispute(world, row, verdict === "won" ? "won" : "lost");
}

/** Nobody answered in time. */
export function expireDispute(world: World, id: string): void {
  const row = world.find("dispute", id);
  if (row === undefined || !row.object.status.endsWith("needs_response")) return;
  const details = { ...row.object.evidence_details, past_due: true };
  row.object = { ...row.object, evidence_details: details };
  closeDispute(world, row, isInquiry(row.object) ? "warning_closed" : "lost");
}

/** Ends a dispute. What is won comes back, less the fee; what is lost is gone. */
export function closeDispute(
  world: World,
  row: Row<"dispute">,
  status: "won" | "lost" | "warning_closed",
): void {
  const before = { status: row.object.status };
  world.unschedule("dispute.expire", row.object.id);
  world.unschedule("dispute.decide", row.object.id);
  row.object = { ...row.object, status };
  world.save(row);
  if (status === "won") reinstate(world, row);
  world.emit("charge.dispute.closed", row.object, before);
}

/** An inquiry that was answered with a whole refund is over. */
export function closeInquiries(world: World, charge: string): void {
  for (const row of world.list("dispute", { parent: charge })) {
    const isOpen = /^warning_(needs_response|under_review)$/.test(row.object.status);
    if (isOpen) closeDispute(world, row, "warning_closed");
  }
}

/** Whether the bank only asks, and has taken nothing. */
export function isInquiry({ status }: Dispute): boolean {
  return status.startsWith("warning_");
}

function escalate(world: World, row: Row<"dispute">): void {
  const before = { status: row.object.status };
  const details = { ...row.object.evidence_details, submission_count: 0, has_evidence: false };
  row.object = {
    ...row.object,
    evidence_details: details,
    is_charge_refundable: false,
    status: "needs_response",
  };
  world.save(row);
  world.schedule("dispute.expire", row.object.id, world.now() + daysToAnswer * 86_400);
  world.emit("charge.dispute.updated", row.object, before);
  withdraw(world, row);
}

function withdraw(world: World, row: Row<"dispute">): void {
  const { amount, charge, currency, id } = row.object;
  const ledger = post(world, {
    ...{ amount: -amount, currency, source: id, type: "adjustment", category: "dispute" },
    availableOn: today(world),
    description: `Chargeback withdrawal for ${charge}`,
    fees: [{ ...stripeFee(disputeFee, currency), description: "Dispute fee" }],
  });
  keepLedger(world, row, ledger);
  world.emit("charge.dispute.funds_withdrawn", row.object);
}

function reinstate(world: World, row: Row<"dispute">): void {
  const { amount, charge, currency, id } = row.object;
  const ledger = post(world, {
    ...{ amount, currency, source: id, type: "adjustment", category: "dispute_reversal" },
    availableOn: today(world),
    description: `Chargeback reversal for ${charge}`,
  });
  keepLedger(world, row, ledger);
  world.emit("charge.dispute.funds_reinstated", row.object);
}

function keepLedger(world: World, row: Row<"dispute">, ledger: LedgerRow): void {
  const rows = [...row.object.balance_transactions, ledger];
  row.object = { ...row.object, balance_transactions: rows };
  world.save(row);
}

function underReview(status: string): Dispute["status"] {
  return status.startsWith("warning_") ? "warning_under_review" : "under_review";
}

function refundedOf({ amount, amount_captured, amount_refunded }: ObjectOf<"charge">): number {
  return amount_refunded - (amount - amount_captured);
}
