import type { TestCard } from "#sandbox/payments/test-cards";

const fraudulent = { reason: "fraudulent" };

function visa(dispute: NonNullable<TestCard["dispute"]>): TestCard {
  return { brand: "visa", dispute };
}
function mastercard(dispute: NonNullable<TestCard["dispute"]>): TestCard {
  return { brand: "mastercard", dispute };
}

/** Cards whose holders dispute what was paid with them: https://docs.stripe.com/testing#disputes */
export const disputeCards: Record<string, TestCard> = {
  "4000000000000259": visa(fraudulent),
  "4000000000002685": visa({ reason: "product_not_received" }),
  "4000000000001976": visa({ reason: "general", isInquiry: true }),
  "4000000000005423": { brand: "visa", warns: true },
  "4000000404000079": visa({ ...fraudulent, times: 2 }),
  "4000000404000038": visa({ ...fraudulent, enhanced: "visa_compelling_evidence_3" }),
  "4000008400000779": visa({ reason: "noncompliant", enhanced: "visa_compliance" }),
  "5105008400000002": mastercard({ reason: "noncompliant", enhanced: "mastercard_compliance" }),
  "4000000001000043": visa({ ...fraudulent, isSmart: true }),
  "4000000404004816": visa({ ...fraudulent, preventedBy: "resolution" }),
  "4000000404005649": visa({ ...fraudulent, preventedBy: "deflection" }),
  "5105000300000018": mastercard({ ...fraudulent, preventedBy: "resolution" }),
};
