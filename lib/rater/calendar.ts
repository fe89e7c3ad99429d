import type { Interval } from "#lib/catalog/plan";
import { invariant } from "#lib/errors";

/** A stretch of time in whole seconds since 1970, as Stripe counts them; `to` is not in it. */
export type Period = { readonly from: number; readonly to: number };

const daySeconds = 86_400;
const monthsIn: Record<Interval, number> = { month: 1, year: 12 };

/**
 * Where the nth period after an anchor ends. A month without the anchor's day ends on its last day,
 * and counting from the anchor keeps the 31st: 31 January, 28 February, 31 March. Stripe counts in
 * UTC, so that no clock change makes a period longer or shorter.
 */
export function boundary(anchor: number, interval: Interval, count: number): number {
  const start = new Date(anchor * 1000);
  const month = start.getUTCMonth() + monthsIn[interval] * count;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(start.getUTCDate(), lastDay);
  const secondOfDay = anchor - Math.floor(anchor / daySeconds) * daySeconds;
  return Date.UTC(start.getUTCFullYear(), month, day) / 1000 + secondOfDay;
}

/** The period of an anchor's cycle that an instant falls into. */
export function periodAt(anchor: number, interval: Interval, at: number): Period {
  const shortest = (monthsIn[interval] === 1 ? 28 : 365) * daySeconds;
  let count = Math.round((at - anchor) / shortest);
  while (boundary(anchor, interval, count) > at) count -= 1;
  while (boundary(anchor, interval, count + 1) <= at) count += 1;
  const period = {
    from: boundary(anchor, interval, count),
    to: boundary(anchor, interval, count + 1),
  };
  invariant(period.from <= at && at < period.to, "an instant falls into one period");
  return period;
}

export function secondsIn({ from, to }: Period): number {
  return to - from;
}
