import type { View } from "#sandbox/store/views";

/** What expands of Issuing and of financial accounts. */
export const bankingViews: Record<string, View> = {
  "issuing.authorization": { expands: { cardholder: "issuing.cardholder" } },
  "issuing.transaction": {
    expands: {
      authorization: "issuing.authorization",
      balance_transaction: "balance_transaction",
      card: "issuing.card",
      cardholder: "issuing.cardholder",
    },
  },
  "treasury.outbound_payment": { expands: { transaction: "treasury.transaction" } },
  "treasury.received_credit": { expands: { transaction: "treasury.transaction" } },
};
