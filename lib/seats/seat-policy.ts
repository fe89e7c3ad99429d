import type { Tx } from "#lib/db/client";

export const seatBillings = ["at_once", "period_end", "true_up"] as const;
export type SeatBilling = (typeof seatBillings)[number];
export const seatDriftRules = ["adopt", "restore", "ask"] as const;
export type SeatDriftRule = (typeof seatDriftRules)[number];

/** How Stripe shall prorate a change of quantity, in its own words. */
export type Proration = "always_invoice" | "create_prorations" | "none";

/**
 * When a change of seats is paid for. `isHeld`: Stripe is told only as the period ends, of the most
 * seats there were, each from when it came.
 */
export const seatBillingRules = {
  at_once: { proration: "always_invoice", isHeld: false },
  period_end: { proration: "create_prorations", isHeld: false },
  true_up: { proration: "create_prorations", isHeld: true },
} as const satisfies Record<SeatBilling, { proration: Proration; isHeld: boolean }>;

/** How seats of one plan version are sold and kept. */
export type SeatPolicy = {
  billing: SeatBilling;
  /** What becomes of a quantity that was changed at Stripe. */
  drift: SeatDriftRule;
  /** The most seats one tenant may have; null is no limit but the plan's. */
  maxSeats: number | null;
  /** Who joins takes a free seat without being asked. */
  seatsJoiners: boolean;
  /** A seat that nobody sits on any more is given back. */
  givesBack: boolean;
  /** Where fewer are bought than taken: days until the newest lose theirs. */
  overDays: number;
};

/** The rules of a platform that has not set its own. */
export const defaultSeatPolicy: SeatPolicy = {
  billing: "period_end",
  drift: "adopt",
  maxSeats: null,
  seatsJoiners: true,
  givesBack: false,
  overDays: 7,
};

/** The row whose rules hold wherever a plan version has none of its own. */
export const platformPolicyId = "platform";

/** No tenant has more, whatever a rule says: Stripe's quantities stay whole and sane. */
export const mostSeats = 100_000;

/** The rules of a plan version, or else the platform's, or else those it begins with. */
export async function readSeatPolicy(tx: Tx, versionId: string | null): Promise<SeatPolicy> {
  const rows = await tx.seatPolicy.findMany({
    where: { id: { in: versionId ? [versionId, platformPolicyId] : [platformPolicyId] } },
  });
  return rows.find(({ id }) => id === versionId) ?? rows[0] ?? defaultSeatPolicy;
}
