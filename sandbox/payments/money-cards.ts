import type { TestCard } from "#sandbox/payments/test-cards";

/** Cards whose refunds take their time, and cards whose money is there at once:
 *  https://docs.stripe.com/testing#refunds and #available-balance */
export const moneyCards: Record<string, TestCard> = {
  "4000000000007726": { brand: "visa", refunds: "pending" },
  "4000000000005126": { brand: "visa", refunds: "failing" },
  "4000000000000077": { brand: "visa", settlesAtOnce: true },
  "4000003720000278": { brand: "visa", country: "IE", settlesAtOnce: true },
};
