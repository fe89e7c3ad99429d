import type { SeatBilling, SeatDriftRule } from "#lib/seats/seat-policy";

/** When seats are billed, in a word and a sentence each. */
export const billingWords = {
  at_once: ["At once", "An invoice for the rest of the period, the same minute."],
  period_end: ["At the period's end", "On the next invoice, for the part of the period."],
  true_up: ["True-up", "As the period ends: the most there were, each from its day."],
} as const satisfies Record<SeatBilling, readonly [string, string]>;

/** What becomes of a quantity that was changed at Stripe. */
export const driftWords = {
  adopt: ["Stripe's becomes ours", "Whoever is too many loses the seat in the end."],
  restore: ["Ours is put back", "Stripe is told our number again."],
  ask: ["A person decides", "It waits here until somebody does."],
} as const satisfies Record<SeatDriftRule, readonly [string, string]>;
