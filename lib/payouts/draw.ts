import type { AvailableSum, SourceType } from "#lib/stripe/gateway-balances";

/** What can be drawn at once, and the kind of money it is drawn on; null: Stripe's usual, cards. */
export type Draw = { most: bigint; sourceType: SourceType | null };

/** Stripe draws on one kind of money at a time, so of several kinds the richest is the most. */
export function drawOf(available: AvailableSum | undefined, minor: bigint): Draw {
  const sources = Object.entries(available?.bySource ?? {}) as [SourceType, bigint][];
  const kinds = sources.filter(([, amount]) => amount > 0n);
  const [richest] = kinds.toSorted(([, left], [, right]) => (left < right ? 1 : -1));
  if (!richest) return { most: available?.minor ?? 0n, sourceType: null };
  const most = kinds.length > 1 ? richest[1] : available!.minor;
  const kind = kinds.find(([, amount]) => amount >= minor)?.[0] ?? null;
  return { most, sourceType: kind === "card" && kinds.length === 1 ? null : kind };
}
