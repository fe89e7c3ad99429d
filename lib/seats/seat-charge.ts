import type { SeatChargeReason } from "#lib/db/generated/client";
import { type Money, money } from "#lib/money/money";
import { periodAt, secondsIn } from "#lib/rater/calendar";
import { shareOf } from "#lib/rater/rate-line";
import { differenceOf, type SeatTerms } from "#lib/seats/price-seats";

/** Seats beyond those that were paid for, over a time that is over. */
export type ExtraSeats = { bought: number; most: number; from: Date; to: Date };

/** How a subscription's time is counted. */
export type Cycle = { anchor: Date; trialEnd: Date | null };

/**
 * What extra seats come to: of each period the share that they were there, to the second, as a
 * proration would have billed it. On trial they cost nothing.
 */
export function costOfExtra(
  terms: SeatTerms,
  { bought, most, from, to }: ExtraSeats,
  { anchor, trialEnd }: Cycle,
): Money {
  const { minor: perPeriod } = differenceOf(terms, bought, most);
  const end = secondsOf(to);
  let at = Math.max(secondsOf(from), trialEnd ? secondsOf(trialEnd) : 0);
  let minor = 0n;
  while (at < end) {
    const period = periodAt(secondsOf(anchor), terms.interval, at);
    const until = Math.min(period.to, end);
    minor += shareOf(perPeriod, until - at, secondsIn(period));
    at = until;
  }
  return money(minor, terms.currency);
}

type Said = { why: SeatChargeReason; seats: number; from: Date; to: Date };

const endings = {
  missed: "not on the invoice of their period",
  ended: "not billed before the plan ended",
  paused: "not billed before the plan was paused",
} as const satisfies Record<SeatChargeReason, string>;

/** The line of an invoice that bills them. */
export function sayCharge({ why, seats, from, to }: Said): string {
  const what = seats === 1 ? "1 extra seat" : `${seats} extra seats`;
  return `${what}, ${day.formatRange(from, to)}: ${endings[why]}`;
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
