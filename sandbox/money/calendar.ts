/** A billing interval. */
export interface Interval {
  interval: string;
  interval_count: number;
}

const daySeconds = 86_400;
const fixedDays: Record<string, number> = { day: 1, week: 7 };
const monthsIn: Record<string, number> = { month: 1, year: 12 };

/** The end of the nth period after an anchor. A month without the anchor's day ends on its last:
 *  31 January, 28 February, 31 March. Counting from the anchor, not the last end, keeps the 31. */
export function periodEnd(anchor: number, every: Interval, count: number): number {
  const days = fixedDays[every.interval];
  if (days !== undefined) return anchor + days * every.interval_count * count * daySeconds;

  const months = (monthsIn[every.interval] ?? 1) * every.interval_count * count;
  const start = new Date(anchor * 1000);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(start.getUTCDate(), lastDay);
  const secondOfDay = anchor - Math.floor(anchor / daySeconds) * daySeconds;
  return Date.UTC(year, month, day) / 1000 + secondOfDay;
}

/** Where the period that ends at a boundary of an anchor began. The first ends at the anchor
 *  itself: a stub, whose whole period is the one that would have led up to it. */
export function periodStart(anchor: number, every: Interval, end: number): number {
  const first = periodEnd(anchor, every, 1) - anchor;
  let count = Math.floor((end - anchor) / (first * 1.1)) - 1;
  while (periodEnd(anchor, every, count) < end) count += 1;
  return periodEnd(anchor, every, count - 1);
}

/** The first boundary of an anchor's periods that comes after an instant. */
export function nextBoundary(anchor: number, every: Interval, after: number): number {
  const first = periodEnd(anchor, every, 1) - anchor;
  let count = Math.max(0, Math.floor((after - anchor) / (first * 1.1)) - 1);
  while (periodEnd(anchor, every, count) <= after) count += 1;
  return periodEnd(anchor, every, count);
}

/** A day of the month, and what of its time matters; what is null is as it is now. */
export interface DayOfMonth {
  day: number;
  month: number | null;
  hour: number | null;
  minute: number | null;
  second: number | null;
}

/** The next time a day of the month comes, on the last day of a month that is too short for it. */
export function nextDayOfMonth(now: number, asked: DayOfMonth): number {
  const start = new Date(now * 1000);
  const time = [
    asked.hour ?? start.getUTCHours(),
    asked.minute ?? start.getUTCMinutes(),
    asked.second ?? start.getUTCSeconds(),
  ] as const;
  for (let months = 0; months <= 12; months += 1) {
    const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
    if (asked.month !== null && (month % 12) + 1 !== asked.month) continue;
    const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const at = Date.UTC(year, month, Math.min(asked.day, lastDay), ...time) / 1000;
    if (at > now) return at;
  }
  return nextDayOfMonth(now + 366 * daySeconds, asked);
}
