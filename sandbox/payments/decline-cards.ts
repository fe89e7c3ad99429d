import { declines } from "#sandbox/payments/declines";
import type { TestCard } from "#sandbox/payments/test-cards";

const visa = { brand: "visa" } as const;

/** Cards a bank refuses: https://docs.stripe.com/testing#declined-payments. Only those of the second
 *  group can be saved to a customer. */
export const declineCards: Record<string, TestCard> = {
  "4000000000000002": { ...visa, decline: declines.generic },
  "4000000000009995": { ...visa, decline: declines.insufficientFunds },
  "4000000000009987": { ...visa, decline: declines.lostCard },
  "4000000000009979": { ...visa, decline: declines.stolenCard },
  "4000000000000069": { ...visa, decline: declines.expired },
  "4000000000000127": { ...visa, decline: declines.incorrectCvc, checks: { cvc: "fail" } },
  "4000000000000119": { ...visa, decline: declines.processingError },
  "4000000000006975": { ...visa, decline: declines.velocityExceeded },

  "4000000000000341": { ...visa, attachesAnyway: true, decline: declines.generic },

  // Stripe names these three by their tokens alone. The numbers are ours.
  "4000056655669996": { ...visa, funding: "debit", decline: declines.insufficientFunds },
  "4000000000349987": { ...visa, attachesAnyway: true, decline: declines.lostCard },
  "4000000000349979": { ...visa, attachesAnyway: true, decline: declines.stolenCard },
};
