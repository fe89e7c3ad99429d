import { requiredActions } from "#sandbox/payments/compelling-evidence";
import type { ObjectOf } from "#sandbox/store/kinds";

type Dispute = ObjectOf<"dispute">;
type Enhanced = Dispute["evidence"]["enhanced_evidence"];
type Eligibility = Dispute["evidence_details"]["enhanced_eligibility"];

/** The kinds of evidence that a network has rules of its own for. */
export type EnhancedType = keyof Enhanced & keyof Eligibility;

/** What a dispute has from its start if it may be answered with such evidence. */
export function enhancedFor(
  type: EnhancedType | undefined,
  { evidence, evidence_details: details }: Pick<Dispute, "evidence" | "evidence_details">,
): Partial<Dispute> {
  if (type === undefined) return {};
  const enhanced = empty[type];
  return {
    enhanced_eligibility_types: [type],
    evidence: { ...evidence, enhanced_evidence: enhanced },
    evidence_details: { ...details, enhanced_eligibility: eligibilityOf(enhanced, false) },
  };
}

const empty = {
  mastercard_compliance: { mastercard_compliance: { fee_acknowledged: false } },
  visa_compelling_evidence_3: {
    visa_compelling_evidence_3: { disputed_transaction: null, prior_undisputed_transactions: [] },
  },
  visa_compliance: { visa_compliance: { fee_acknowledged: false } },
} satisfies Record<EnhancedType, Enhanced>;

/** How far such evidence has come. Once it is handed in, what is not enough is not qualified. */
export function eligibilityOf(enhanced: Enhanced, isSubmitted: boolean): Eligibility {
  const {
    mastercard_compliance,
    visa_compelling_evidence_3: compelling,
    visa_compliance,
  } = enhanced;
  return {
    ...(mastercard_compliance && { mastercard_compliance: acknowledged(mastercard_compliance) }),
    ...(compelling && { visa_compelling_evidence_3: compellingState(compelling, isSubmitted) }),
    ...(visa_compliance && { visa_compliance: acknowledged(visa_compliance) }),
  };
}

/** Whether a network's fee has to be acknowledged, and has not been. */
export function lacksAcknowledgement(enhanced: Enhanced): boolean {
  const { mastercard_compliance: mastercard, visa_compliance: visa } = enhanced;
  return mastercard?.fee_acknowledged === false || visa?.fee_acknowledged === false;
}

/** Whether answering costs what a network takes to resolve a case. */
export function costsNetworkFee({ enhanced_eligibility_types: types }: Dispute): boolean {
  return types.some((type) => type.endsWith("_compliance"));
}

function acknowledged({ fee_acknowledged: isKnown }: { fee_acknowledged: boolean }) {
  return {
    status: isKnown ? ("fee_acknowledged" as const) : ("requires_fee_acknowledgement" as const),
  };
}

function compellingState(
  evidence: NonNullable<Enhanced["visa_compelling_evidence_3"]>,
  isSubmitted: boolean,
): NonNullable<Eligibility["visa_compelling_evidence_3"]> {
  const required = requiredActions(evidence);
  const lacking = isSubmitted ? "not_qualified" : "requires_action";
  return { required_actions: required, status: required.length === 0 ? "qualified" : lacking };
}
