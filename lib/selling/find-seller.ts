import type { ConnectedAccount } from "#lib/db/generated/client";

type Account = Pick<ConnectedAccount, "status" | "paymentsHeld">;

/** Why an account takes no payments at this moment, for its owner; null where it does. */
export function whyNotSelling(account: Account | null): string | null {
  if (!account) return "This workspace is not set up for payments yet. Open Payments to begin.";
  if (account.paymentsHeld) return "The platform has stopped payments. Payments says why.";
  return reasons[account.status];
}

const reasons: Record<ConnectedAccount["status"], string | null> = {
  invited: "This workspace is not set up for payments yet. Open Payments to begin.",
  created: "Stripe still has to be told about the business. Go on with onboarding.",
  onboarding: "Stripe still has to be told about the business. Go on with onboarding.",
  verifying: "Stripe is looking at what was given. Payments begin when it is done.",
  active: null,
  restricted: "Stripe has stopped payments. Give what it asks for, and they go on.",
  suspended: "The platform has stopped payments. Payments says why.",
  disconnected: "The account at Stripe is disconnected from us. Onboarding says how to mend it.",
  closed: "The account at Stripe is closed, so it takes no payments.",
};
