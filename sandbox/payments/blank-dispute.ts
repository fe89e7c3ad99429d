import { today } from "#sandbox/payments/ledger";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Dispute = ObjectOf<"dispute">;

/** How long an account has to answer. */
export const daysToAnswer = 9;

/** The card network's own code of a reason, if it has one. */
export function networkCodeOf(reason: string, brand: string | undefined): string | null {
  if (brand === undefined || reason === "noncompliant") return null;
  if (brand === "mastercard") return mastercardCodes[reason] ?? "4853";
  return visaCodes[reason] ?? "10.4";
}

const mastercardCodes: Record<string, string> = { fraudulent: "4837", duplicate: "4834" };
const visaCodes: Record<string, string> = {
  fraudulent: "10.4",
  product_not_received: "13.1",
  general: "12.6",
  duplicate: "12.6.1",
  subscription_canceled: "13.2",
  product_unacceptable: "13.3",
  credit_not_processed: "13.6",
};

/** The pieces of evidence that are plain text or the id of a file. */
export const evidenceNames = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_communication",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "customer_signature",
  "duplicate_charge_documentation",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "receipt",
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "service_documentation",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_documentation",
  "shipping_tracking_number",
  "uncategorized_file",
  "uncategorized_text",
] as const;

/** A dispute of which only the moment is known. */
export function blankDispute(world: World): Omit<Dispute, "id" | "amount" | "charge" | "currency"> {
  const empty = Object.fromEntries(evidenceNames.map((name) => [name, null]));
  return {
    object: "dispute",
    balance_transactions: [],
    created: world.now(),
    enhanced_eligibility_types: [],
    evidence: { ...empty, enhanced_evidence: {} } as unknown as Dispute["evidence"],
    evidence_details: {
      due_by: today(world) + (daysToAnswer + 1) * 86_400 - 1,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: null,
    reason: "general",
    status: "needs_response",
  };
}
