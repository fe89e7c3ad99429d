import { countryCards } from "#sandbox/payments/country-cards";

/** Why a card is refused, in Stripe's words. */
export interface Decline {
  code: string;
  declineCode?: string;
  message: string;
  param?: string;
}

/** How a test card behaves. A card without a row here is a live one, which test mode refuses. */
export interface TestCard {
  brand: string;
  funding?: "credit" | "debit" | "prepaid";
  country?: string;
  /** Refused when it is charged. */
  decline?: Decline;
  /** Saved without complaint, and refused at its first charge. */
  attachesAnyway?: true;
  /** Asks its holder: at every payment, until it was set up once, or while its holder is there. */
  challenge?: "always" | "until_set_up" | "on_session";
  fails3dsCharge?: Decline;
  /** What the bank says of the code and the address, where it does not say they are right. */
  checks?: Partial<Record<"cvc" | "line1" | "zip", "fail" | "unavailable">>;
  /** What it takes is available at once. */
  settlesAtOnce?: true;
  isRisky?: true;
  /** Its holder disputes what was paid with it. */
  dispute?: { reason: string; isInquiry?: true };
  /** Its bank warns of fraud. */
  warns?: true;
  /** What is given back to it waits and arrives, or fails after a while. */
  refunds?: "pending" | "failing";
}

const declined = (declineCode: string, message = "Your card was declined."): Decline => ({
  code: "card_declined",
  declineCode,
  message,
});
const processingError: Decline = {
  code: "processing_error",
  message: "An error occurred while processing your card. Try again in a little bit.",
};
const insufficient = declined("insufficient_funds", "Your card has insufficient funds.");

/** Stripe's documented test cards: https://docs.stripe.com/testing */
export const testCards: Record<string, TestCard> = {
  ...Object.fromEntries(
    Object.entries(countryCards).map(([country, number]) => [number, { brand: "visa", country }]),
  ),
  "4242424242424242": { brand: "visa" },
  "4000056655665556": { brand: "visa", funding: "debit" },
  "5555555555554444": { brand: "mastercard" },
  "2223003122003222": { brand: "mastercard" },
  "5200828282828210": { brand: "mastercard", funding: "debit" },
  "5105105105105100": { brand: "mastercard", funding: "prepaid" },
  "378282246310005": { brand: "amex" },
  "371449635398431": { brand: "amex" },
  "6011111111111117": { brand: "discover" },
  "6011000990139424": { brand: "discover" },
  "4012888888881881": { brand: "visa" },
  "3530111333300000": { brand: "jcb" },
  "30569309025904": { brand: "diners" },
  "38520000023237": { brand: "diners" },
  "3056930009020004": { brand: "diners" },
  "36227206271667": { brand: "diners" },
  "3566002020360505": { brand: "jcb" },
  "6200000000000005": { brand: "unionpay" },
  "6200000000000047": { brand: "unionpay" },
  "6205500000000000004": { brand: "unionpay" },
  "6011981111111113": { brand: "discover", funding: "debit" },
  "6555900000604105": { brand: "discover" },
  "5555558265554449": { brand: "mastercard", country: "GB" },
  "4000058260000005": { brand: "visa", funding: "debit", country: "GB" },
  "5200007840000022": { brand: "mastercard", country: "AE" },
  "4000057640000008": { brand: "visa", funding: "debit", country: "TH" },
  "4000000760000002": { brand: "visa", country: "BR" },
  "4000001240000000": { brand: "visa", country: "CA" },
  "4000002760000016": { brand: "visa", country: "DE" },
  "4000002500000003": { brand: "visa", country: "FR" },
  "4000008260000000": { brand: "visa", country: "GB" },
  "4000003920000003": { brand: "visa", country: "JP" },
  "4000000360000006": { brand: "visa", country: "AU" },
  "4000000000000077": { brand: "visa", settlesAtOnce: true },
  "4000003720000278": { brand: "visa", country: "IE", settlesAtOnce: true },
  "4000000000000259": { brand: "visa", dispute: { reason: "fraudulent" } },
  "4000000000002685": { brand: "visa", dispute: { reason: "product_not_received" } },
  "4000000000001976": { brand: "visa", dispute: { reason: "general", isInquiry: true } },
  "4000000000005423": { brand: "visa", warns: true },
  "4000000000007726": { brand: "visa", refunds: "pending" },
  "4000000000005126": { brand: "visa", refunds: "failing" },
  "4000000000003055": { brand: "visa" },
  "4000000000009235": { brand: "visa", isRisky: true },
  "4000000000000101": { brand: "visa", checks: { cvc: "fail" } },
  "4000000000000010": { brand: "visa", checks: { line1: "fail", zip: "fail" } },
  "4000000000000028": { brand: "visa", checks: { line1: "fail" } },
  "4000000000000044": {
    brand: "visa",
    checks: { line1: "unavailable", zip: "unavailable" },
  },
  "4000000000000036": { brand: "visa", checks: { zip: "fail" } },
  "4000000000000002": { brand: "visa", decline: declined("generic_decline") },
  "4000000000009995": { brand: "visa", decline: insufficient },
  "4000000000009987": { brand: "visa", decline: declined("lost_card") },
  "4000000000009979": { brand: "visa", decline: declined("stolen_card") },
  "4000000000000069": {
    brand: "visa",
    decline: { code: "expired_card", message: "Your card has expired.", param: "exp_month" },
  },
  "4000000000000127": {
    brand: "visa",
    decline: {
      code: "incorrect_cvc",
      message: "Your card's security code is incorrect.",
      param: "cvc",
    },
  },
  "4000000000000119": {
    brand: "visa",
    decline: processingError,
  },
  "4242424242424241": {
    brand: "visa",
    decline: {
      code: "incorrect_number",
      message: "Your card number is incorrect.",
      param: "number",
    },
  },
  "4000000000006975": {
    brand: "visa",
    decline: declined(
      "card_velocity_exceeded",
      "Your card was declined for making repeated attempts too frequently or exceeding its " +
        "amount limit.",
    ),
  },
  "4100000000000019": { brand: "visa", decline: declined("fraudulent") },
  "4000000000004954": { brand: "visa", decline: declined("fraudulent") },
  "4000000000000341": {
    brand: "visa",
    attachesAnyway: true,
    decline: declined("generic_decline"),
  },
  "4000002500003155": { brand: "visa", challenge: "until_set_up" },
  "4000002760003184": { brand: "visa", challenge: "always" },
  "4000003800000446": { brand: "visa", challenge: "on_session" },
  "4000000000003220": { brand: "visa", challenge: "always" },
  "4000000000003063": { brand: "visa", challenge: "always" },
  "4000008400001629": {
    brand: "visa",
    challenge: "always",
    fails3dsCharge: declined("generic_decline"),
  },
  "4000008260003178": { brand: "visa", challenge: "always", fails3dsCharge: insufficient },
  "4000008400001280": { brand: "visa", challenge: "always", fails3dsCharge: processingError },
};

/** What a number that is nobody's test card is told. */
export const liveCardDecline = declined(
  "test_mode_live_card",
  "Your card was declined. Your request was in test mode, but used a non test (live) card. For a " +
    "list of valid test cards, visit: https://stripe.com/docs/testing.",
);

/** Ready-made payment methods. Each use of one makes a new `pm_`. */
export const testTokens: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(countryCards).map(([country, number]) => [
      `pm_card_${country.toLowerCase()}`,
      number,
    ]),
  ),
  pm_card_visa: "4242424242424242",
  pm_card_visa_debit: "4000056655665556",
  pm_card_mastercard: "5555555555554444",
  pm_card_mastercard_debit: "5200828282828210",
  pm_card_mastercard_prepaid: "5105105105105100",
  pm_card_amex: "378282246310005",
  pm_card_discover: "6011111111111117",
  pm_card_diners: "3056930009020004",
  pm_card_jcb: "3566002020360505",
  pm_card_unionpay: "6200000000000005",
  pm_card_us: "4242424242424242",
  pm_card_br: "4000000760000002",
  pm_card_ca: "4000001240000000",
  pm_card_de: "4000002760000016",
  pm_card_fr: "4000002500000003",
  pm_card_gb: "4000008260000000",
  pm_card_jp: "4000003920000003",
  pm_card_au: "4000000360000006",
  pm_card_gb_debit: "4000058260000005",
  pm_card_gb_mastercard: "5555558265554449",
  pm_card_ae_mastercard: "5200007840000022",
  pm_card_th_credit: countryCards.TH ?? "",
  pm_card_th_debit: "4000057640000008",
  pm_card_bypassPendingInternational: "4000003720000278",
  pm_card_bypassPending: "4000000000000077",
  pm_card_avsFail: "4000000000000010",
  pm_card_avsLine1Fail: "4000000000000028",
  pm_card_avsUnchecked: "4000000000000044",
  pm_card_avsZipFail: "4000000000000036",
  pm_card_cvcCheckFail: "4000000000000101",
  pm_card_riskLevelHighest: "4000000000004954",
  pm_card_createDispute: "4000000000000259",
  pm_card_createDisputeProductNotReceived: "4000000000002685",
  pm_card_createDisputeInquiry: "4000000000001976",
  pm_card_createIssuerFraudRecord: "4000000000005423",
  pm_card_pendingRefund: "4000000000007726",
  pm_card_refundFail: "4000000000005126",
  pm_card_chargeDeclined: "4000000000000002",
  pm_card_visa_chargeDeclined: "4000000000000002",
  pm_card_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_visa_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_visa_chargeDeclinedLostCard: "4000000000009987",
  pm_card_visa_chargeDeclinedStolenCard: "4000000000009979",
  pm_card_chargeDeclinedExpiredCard: "4000000000000069",
  pm_card_chargeDeclinedIncorrectCvc: "4000000000000127",
  pm_card_chargeDeclinedProcessingError: "4000000000000119",
  pm_card_chargeDeclinedFraudulent: "4100000000000019",
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: "4000000000006975",
  pm_card_chargeCustomerFail: "4000000000000341",
  pm_card_radarBlock: "4100000000000019",
  pm_card_riskLevelElevated: "4000000000009235",
  pm_card_authenticationRequired: "4000002760003184",
  pm_card_authenticationRequiredOnSetup: "4000002500003155",
  pm_card_authenticationRequiredSetupForOffSession: "4000003800000446",
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: "4000008260003178",
  pm_card_threeDSecure2Required: "4000000000003220",
  pm_card_threeDSecureRequired: "4000000000003063",
  pm_card_threeDSecureRequiredChargeDeclined: "4000008400001629",
  pm_card_threeDSecureRequiredProcessingError: "4000008400001280",
  pm_card_threeDSecureOptional: "4000000000003055",
};
