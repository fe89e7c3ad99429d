import type { CauseCode } from "#lib/reconciliation/causes";
import type { CheckName } from "#lib/reconciliation/checks";

/** What can be wrong, and in one sentence how. */
export const breakKinds = {
  missing_here: "Stripe has it and our books do not.",
  missing_there: "Our books have it and Stripe does not.",
  amount: "Both have it, with different amounts.",
  currency: "Both have it, in different currencies.",
  duplicate: "Our books have it more than once.",
  late: "It was to be settled by now.",
  unknown_kind: "Stripe moved money in a way that no rule explains.",
  drift: "Two totals that are to be equal are not.",
} as const satisfies Record<string, string>;

export type BreakKind = keyof typeof breakKinds;
export const breakKindNames = Object.keys(breakKinds) as BreakKind[];

/**
 * `open` wants somebody; `expected` waits until an instant that was named; `accepted` was given up
 * by two people and may stay; `gone` is what the next comparison did not find any more.
 */
export const breakStatuses = ["open", "expected", "accepted", "gone"] as const;
export type BreakStatus = (typeof breakStatuses)[number];

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
/** Both sides as they were found: Stripe's object, our mirror of it, and our entries. */
export type Evidence = { stripe: Json; mirror: Json; entry: Json };

/** What a check found that does not hold, before it is known whether it was found already. */
export type Finding = {
  readonly book: string;
  readonly check: CheckName;
  readonly kind: BreakKind;
  /** What it is about: a balance transaction, a clearing reference, a payout, an invoice. */
  readonly reference: string;
  readonly currency: string | null;
  readonly stripeMinor: bigint | null;
  readonly ledgerMinor: bigint | null;
  readonly since: Date;
  readonly cause: CauseCode;
  readonly evidence: Evidence;
};

/** Stripe's less ours. A side that has nothing counts as nothing. */
export function differenceOf({
  stripeMinor,
  ledgerMinor,
}: Pick<Finding, "stripeMinor" | "ledgerMinor">): bigint {
  return (stripeMinor ?? 0n) - (ledgerMinor ?? 0n);
}

/** One that waits for its time, or was given up, comes back where its figures are others. */
export function isSame(
  known: { kind: string; differenceMinor: bigint; currency: string | null },
  found: Finding,
): boolean {
  return (
    known.kind === found.kind &&
    known.currency === found.currency &&
    known.differenceMinor === differenceOf(found)
  );
}
