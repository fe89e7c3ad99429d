import type { TestCard } from "#sandbox/payments/test-cards";

/** Cards whose holders dispute what was paid with them: https://docs.stripe.com/testing#disputes */
export const disputeCards: Record<string, TestCard> = {
  "4000000000000259": { brand: "visa", dispute: { reason: "fraudulent" } },
  "4000000000002685": { brand: "visa", dispute: { reason: "product_not_received" } },
  "4000000000001976": { brand: "visa", dispute: { reason: "general", isInquiry: true } },
  "4000000000005423": { brand: "visa", warns: true },
};
