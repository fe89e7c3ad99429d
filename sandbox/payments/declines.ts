import type { Decline } from "#sandbox/payments/test-cards";

/** A refusal with a decline code, which says more of why than its code does. */
export function declined(declineCode: string, message = "Your card was declined."): Decline {
  return { code: "card_declined", declineCode, message };
}

/** Why banks refuse Stripe's test cards: https://docs.stripe.com/testing#declined-payments */
export const declines = {
  generic: declined("generic_decline"),
  insufficientFunds: declined("insufficient_funds", "Your card has insufficient funds."),
  lostCard: declined("lost_card"),
  stolenCard: declined("stolen_card"),
  velocityExceeded: declined(
    "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its amount " +
      "limit.",
  ),
  expired: { code: "expired_card", message: "Your card has expired.", param: "exp_month" },
  incorrectCvc: {
    code: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    param: "cvc",
  },
  processingError: {
    code: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
  },
  authenticationRequired: {
    code: "authentication_required",
    declineCode: "authentication_required",
    message: "Your card was declined. This transaction requires authentication.",
  },
  tooRisky: { ...declined("fraudulent"), blockedFor: "highest_risk_level" },
  /** What a number that is nobody's test card is told. */
  liveCard: declined(
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test (live) card. For " +
      "a list of valid test cards, visit: https://stripe.com/docs/testing.",
  ),
} as const satisfies Record<string, Decline>;
