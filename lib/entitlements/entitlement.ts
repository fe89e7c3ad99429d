import type { SubscriptionStatus } from "#lib/billing/subscription";
import type { Feature } from "#lib/catalog/plan";

/** How much of its plan a tenant has: all, all for some days more, a part, or what is free. */
export type EntitledState = "all" | "grace" | "restricted" | "free";
export type EntitledStatus = SubscriptionStatus | "none";

/**
 * What a subscription gives while it stands so. Past due gives all until the days of grace are
 * over, and the restricted set from then on.
 */
export const standings = {
  trialing: "all",
  active: "all",
  past_due: "grace",
  unpaid: "restricted",
  paused: "free",
  incomplete: "free",
  incomplete_expired: "free",
  canceled: "free",
  none: "free",
} as const satisfies Record<EntitledStatus, EntitledState>;

/** The stored part of it: what does not change by time passing or by use. */
export type EntitlementRow = {
  revision: number;
  status: string;
  since: Date | null;
  versionId: string | null;
  planKey: string;
  planName: string;
  features: Feature[];
  restricted: Feature[];
  graceUntil: Date | null;
  seats: number | null;
  assigned: number;
  seatLimit: number | null;
  periodStart: Date | null;
  periodEnd: Date | null;
  trialEndsAt: Date | null;
  endsAt: Date | null;
  invoiceId: string | null;
  changedAt: Date | null;
};

/** How much of its plan a tenant has at an instant. */
export function stateOf(
  { status, graceUntil }: Pick<EntitlementRow, "status" | "graceUntil">,
  now: Date,
): EntitledState {
  const state: EntitledState = standings[status as EntitledStatus] ?? "free";
  const isOver = graceUntil !== null && graceUntil <= now;
  return state === "grace" && isOver ? "restricted" : state;
}

/** What of its plan a tenant may use at an instant. */
export function featuresOf(row: EntitlementRow, now: Date): Feature[] {
  const state = stateOf(row, now);
  return state === "all" || state === "grace" ? row.features : row.restricted;
}

/** What several plans give together: a limit adds up, and without one there is none. */
export function mergeFeatures(plans: readonly (readonly Feature[])[]): Feature[] {
  const merged = new Map<string, Feature>();
  for (const feature of plans.flat()) {
    const known = merged.get(feature.key);
    if (!known) merged.set(feature.key, feature);
    else if (known.limit !== undefined) {
      const { limit: _limit, ...unlimited } = known;
      const sum = feature.limit === undefined ? null : known.limit + feature.limit;
      merged.set(feature.key, sum === null ? unlimited : { ...known, limit: sum });
    }
  }
  return [...merged.values()];
}

/** What stays once grace is over: what is free, and what of the plan the rules keep. */
export function restrictedOf(
  features: readonly Feature[],
  free: readonly Feature[],
  keeps: readonly string[],
): Feature[] {
  const kept = features.filter(({ key }) => keeps.includes(key));
  return [...kept, ...free.filter(({ key }) => !keeps.includes(key))];
}
