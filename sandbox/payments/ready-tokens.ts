/** Ready-made card tokens of before payment methods, and the payment methods they stand for. */
export const readyTokens: Record<string, string> = {
  tok_visa: "pm_card_visa",
  tok_mastercard: "pm_card_mastercard",
  tok_amex: "pm_card_amex",
  tok_chargeCustomerFail: "pm_card_chargeCustomerFail",
};
