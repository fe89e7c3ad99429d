import { countryCards } from "#sandbox/payments/country-cards";

// Saudi Arabia's card has no name, and Thailand's says that it is a credit card.
const { SA: _nameless, TH: thailand = "", ...named } = countryCards;

/** What a card is called both after `pm_card_` and after `tok_`: https://docs.stripe.com/testing */
const shared: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(named).map(([country, number]) => [country.toLowerCase(), number]),
  ),
  us: "4242424242424242",
  th_credit: thailand,
  th_debit: "4000057640000008",
  gb_debit: "4000058260000005",
  gb_mastercard: "5555558265554449",
  ae_mastercard: "5200007840000022",
  visa: "4242424242424242",
  visa_debit: "4000056655665556",
  mastercard: "5555555555554444",
  mastercard_debit: "5200828282828210",
  mastercard_prepaid: "5105105105105100",
  amex: "378282246310005",
  discover: "6011111111111117",
  diners: "3056930009020004",
  jcb: "3566002020360505",
  unionpay: "6200000000000005",
  visa_cartesBancaires: "4000002500001001",
  mastercard_cartesBancaires: "5555552500001001",
  visa_debit_eftposAuCoBranded: "4000050360000001",
  mastercard_debit_eftposAuCoBranded: "5555050360000080",
  visa_chargeDeclined: "4000000000000002",
  visa_chargeDeclinedInsufficientFunds: "4000000000009995",
  visa_chargeDeclinedLostCard: "4000000000009987",
  visa_chargeDeclinedStolenCard: "4000000000009979",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedProcessingError: "4000000000000119",
  visa_chargeDeclinedVelocityLimitExceeded: "4000000000006975",
  chargeCustomerFail: "4000000000000341",
  radarBlock: "4100000000000019",
  riskLevelHighest: "4000000000004954",
  riskLevelElevated: "4000000000009235",
  highFraudDisputeScore: "4000008400000407",
  highEfwScore: "4000008400000159",
  radarDynamicRiskThreshold: "4000008400001017",
  freeTrialAbuseBlock: "4001858821843804",
  adaptive3dsChallenge: "4000008405600003",
  cvcCheckFail: "4000000000000101",
  avsZipFail: "4000000000000036",
  cvcCheckFailElevatedRisk: "4000058400307872",
  avsZipFailElevatedRisk: "4000058400306072",
  avsLine1Fail: "4000000000000028",
  avsFail: "4000000000000010",
  avsUnchecked: "4000000000000044",
  createDispute: "4000000000000259",
  createDisputeProductNotReceived: "4000000000002685",
  createDisputeInquiry: "4000000000001976",
  createIssuerFraudRecord: "4000000000005423",
  createMultipleDisputes: "4000000404000079",
  createCe3EligibleDispute: "4000000404000038",
  createComplianceDispute: "4000008400000779",
  createMastercardComplianceDispute: "5105008400000002",
  createAutoRepresentmentEligibleDispute: "4000000001000043",
  createRapidDisputeResolutionDispute: "4000000404004816",
  createCe3BlockDispute: "4000000404005649",
  createEthocaAlert: "5105000300000018",
  pendingRefund: "4000000000007726",
  refundFail: "4000000000005126",
  bypassPending: "4000000000000077",
  bypassPendingInternational: "4000003720000278",
  threeDSecure2Required: "4000000000003220",
  threeDSecureRequired: "4000000000003063",
  threeDSecureRequiredChargeDeclined: "4000008400001629",
  threeDSecureRequiredProcessingError: "4000008400001280",
  threeDSecureOptional: "4000000000003055",
  threeDSecureOptionalProcessingError: "4000000000003097",
  amex_threeDSecureNotSupported: "378282246310005",
  // Older names, which integrations and Stripe's own tools still use.
  chargeDeclined: "4000000000000002",
  chargeDeclinedInsufficientFunds: "4000000000009995",
  chargeDeclinedFraudulent: "4100000000000019",
};

const methodsAlone: Record<string, string> = {
  debit_visaFsaProductCode: "4000051230000072",
  debit_visaHsaProductCode: "4000051230000072",
  mastercard_debit_mastercardFsaProductCode: "5200828282828897",
  authenticationRequired: "4000002760003184",
  authenticationRequiredOnSetup: "4000002500003155",
  authenticationRequiredSetupForOffSession: "4000003800000446",
  authenticationRequiredChargeDeclinedInsufficientFunds: "4000008260003178",
};

const tokensAlone: Record<string, string> = {
  visa_debit_chargeDeclinedInsufficientFunds: "4000056655669996",
  visa_chargeDeclinedExpiredCard: "4000000000000069",
  visa_chargeDeclinedFraudulent: "4100000000000019",
  visa_chargeDeclinedIncorrectCvc: "4000000000000127",
  visa_chargeDeclinedProcessingError: "4000000000000119",
  visa_chargeCustomerFail: "4000000000000341",
  visa_chargeCustomerFailLostCard: "4000000000349987",
  visa_chargeCustomerFailStolenCard: "4000000000349979",
};

// Without a prototype, so that nothing is found in it which is not a row.
function withPrefix(prefix: string, names: Record<string, string>): Record<string, string> {
  const rows = Object.entries(names).map(([name, number]) => [`${prefix}${name}`, number]);
  return Object.assign(Object.create(null), Object.fromEntries(rows));
}

/** Ready-made payment methods, by the card each is of. Each use of one makes a new `pm_`. */
export const methodNames = withPrefix("pm_card_", { ...shared, ...methodsAlone });

/** Ready-made card tokens of before payment methods, which can be used again and again. */
export const tokenNames = withPrefix("tok_", { ...shared, ...tokensAlone });

/** The ready-made payment method of the same card, for a token that has one. */
export function methodOfToken(token: string): string | undefined {
  const method = token.replace(/^tok_/, "pm_card_");
  return tokenNames[token] && methodNames[method] ? method : undefined;
}
