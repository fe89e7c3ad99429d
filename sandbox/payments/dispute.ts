import { daysToAnswer } from "#sandbox/payments/blank-dispute";
import { reinstate, takeNetworkFee, withdraw } from "#sandbox/payments/dispute-money";
import { costsNetworkFee, eligibilityOf } from "#sandbox/payments/enhanced-evidence";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Dispute = ObjectOf<"dispute">;

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
      enhanced_eligibility: eligibilityOf(whole.enhanced_evidence, isSubmitted),
      has_evidence: true,
      submission_count: details.submission_count + (isSubmitted ? 1 : 0),
      submission_method: isSubmitted ? methodOf(row) : details.submission_method,
    },
    status: isSubmitted ? underReview(status) : status,
  };
  world.save(row);
  world.emit("charge.dispute.updated", row.object, before);
  if (!isSubmitted) return;
  if (costsNetworkFee(row.object)) takeNetworkFee(world, row);
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

/** Nobody answered in time: Stripe does where it may, and otherwise it is lost. */
export function expireDispute(world: World, id: string): void {
  const row = world.find("dispute", id);
  if (row === undefined || !row.object.status.endsWith("needs_response")) return;
  if (answersItself(row)) {
    row.object = { ...row.object, intended_submission_method: "smart_disputes" };
    answerDispute(world, row, {}, true);
    return;
  }
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

/** Whether it was kept from becoming a dispute, and its holder got nothing back for it. */
export function isBlocked({ payment_method_details: details, status }: Dispute): boolean {
  return status === "prevented" && details?.card?.case_type === "block";
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

function underReview(status: string): Dispute["status"] {
  return status.startsWith("warning_") ? "warning_under_review" : "under_review";
}

/** Whether Stripe's own evidence is what is handed in. */
function methodOf({ object, hidden }: Row<"dispute">): "manual" | "smart_disputes" {
  const isLeft = object.intended_submission_method?.endsWith("smart_disputes") ?? false;
  return isLeft && hidden.isSmart ? "smart_disputes" : "manual";
}

// Evidence that somebody began to gather is theirs to hand in, unless they left it to Stripe.
function answersItself({ object, hidden }: Row<"dispute">): boolean {
  const method = object.intended_submission_method;
  if (!hidden.isSmart || method === "manual") return false;
  return method !== "prefer_manual" || !object.evidence_details.has_evidence;
}
