import { declines } from "#sandbox/payments/declines";
import type { TestCard } from "#sandbox/payments/test-cards";

const visa = { brand: "visa" } as const;

/** Cards that try what Radar and a bank's checks do: https://docs.stripe.com/testing#fraud-prevention */
export const radarCards: Record<string, TestCard> = {
  "4100000000000019": { ...visa, decline: declines.tooRisky },
  "4000000000004954": { ...visa, decline: declines.tooRisky },
  "4000000000009235": { ...visa, isRisky: true },
  "4000008400000407": { ...visa, radar: "block_high_fraud_dispute_score" },
  "4000008400000159": { ...visa, radar: "block_high_early_fraud_warning_score" },
  "4000008400001017": { ...visa, radar: "block_dynamic_risk_threshold" },
  "4001858821843804": { ...visa, radar: "block_free_trial_abuse" },
  "4000008405600003": { ...visa, radar: "request_adaptive_3ds", threeDSecure: "challenges" },
  "4000000000000101": { ...visa, checks: { cvc: "fail" } },
  "4000000000000036": { ...visa, checks: { zip: "fail" } },
  "4000058400307872": { ...visa, funding: "debit", isRisky: true, checks: { cvc: "fail" } },
  "4000058400306072": { ...visa, funding: "debit", isRisky: true, checks: { zip: "fail" } },
  "4000000000000028": { ...visa, checks: { line1: "fail" } },
  "4000000000000010": { ...visa, checks: { line1: "fail", zip: "fail" } },
  "4000000000000044": { ...visa, checks: { line1: "unavailable", zip: "unavailable" } },
};
