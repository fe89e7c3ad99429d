import type { AccountCode } from "#lib/ledger/chart";
import type { Currency } from "#lib/money/currency";

/**
 * What of a billed line is still to be earned, a day at a time. A line that gives money back has
 * negative amounts and is earned like any other. Days are UTC's, the last one not included.
 */
export type NewSchedule = {
  lineId: string;
  invoiceId: string;
  subject: string;
  tenantId: string | null;
  code: AccountCode;
  currency: Currency;
  plan: string | null;
  minor: bigint;
  from: Date;
  to: Date;
};

export type Schedule = NewSchedule & {
  /** What was unearned at `from`, less what was credited since. */
  unearnedMinor: bigint;
  /** What was earned of that so far. */
  earnedMinor: bigint;
  /** The first day that is not posted yet. */
  nextDay: Date;
};

/** What a credit takes off what was to be earned of a line. */
export type Relief = { lineId: string; minor: bigint };

const dayMs = 86_400_000;

/** The UTC day an instant is in. */
export function dayOf(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / dayMs) * dayMs);
}

export function addDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * dayMs);
}

/**
 * What is earned of a sum by the end of a day. The running total is rounded, never a day's part, so
 * the days sum to the whole to the last cent.
 */
export function earnedBy(unearned: bigint, from: Date, to: Date, day: Date): bigint {
  const days = BigInt(Math.max(1, Math.round((to.getTime() - from.getTime()) / dayMs)));
  const passed = BigInt(Math.round((day.getTime() - from.getTime()) / dayMs) + 1);
  if (passed <= 0n) return 0n;
  return passed >= days ? unearned : (unearned * passed) / days;
}

/** What is not earned yet of a line. */
export function restOf({ unearnedMinor, earnedMinor }: Schedule): bigint {
  return unearnedMinor - earnedMinor;
}

/** The part of a credit that what is unearned can bear; both have one sign. */
export function bearable(rest: bigint, credit: bigint): bigint {
  if (rest > 0n && credit > 0n) return rest < credit ? rest : credit;
  if (rest < 0n && credit < 0n) return rest > credit ? rest : credit;
  return 0n;
}
