import { plainDecimal } from "#lib/usage/event";
import { type Aggregation, isAdditive } from "#lib/usage/meter";

export type DayCount = { day: Date; quantity: number };
export type Forecast = {
  /** What the period is expected to come to; never less than what was used. */
  readonly quantity: string;
  /** From which days the weekly shape was learnt; 0 where time alone decides. */
  readonly learntFromDays: number;
};

const dayMs = 86_400_000;
/** Two weeks show each weekday twice; less would take chance for a habit. */
const daysForShape = 14;

/**
 * What a period will come to: what was used, and the rest of the time at the same pace, each
 * weekday weighed as it was in the last weeks. A quantity for people to plan by, so plain numbers
 * do; no bill rests on it. Null before an hour has passed, when it would be a guess.
 */
export function forecastOf(
  used: string,
  { from, to, now }: { from: Date; to: Date; now: Date },
  days: readonly DayCount[],
  aggregation: Aggregation,
): Forecast | null {
  const elapsed = Math.min(now.getTime(), to.getTime()) - from.getTime();
  if (elapsed < 3_600_000) return null;
  // The highest, the latest or the number of different values does not grow with time.
  if (!isAdditive(aggregation) || now >= to) return { quantity: used, learntFromDays: 0 };
  const weights = shapeOf(days);
  const past = weightBetween(from.getTime(), now.getTime(), weights);
  const rest = weightBetween(now.getTime(), to.getTime(), weights);
  const quantity = past > 0 ? Number(used) * (1 + rest / past) : Number(used);
  // Of few the decimals matter, of many they would pretend to know more than anybody does.
  const said =
    quantity < 1000 ? plainDecimal(quantity.toFixed(2)) : String(BigInt(Math.round(quantity)));
  return {
    quantity: Number(said) > Number(used) ? said : used,
    learntFromDays: weights ? days.length : 0,
  };
}

/** How much of a week falls on each weekday; nothing where too little is known. */
function shapeOf(days: readonly DayCount[]): number[] | null {
  const total = days.reduce((sum, { quantity }) => sum + quantity, 0);
  if (days.length < daysForShape || total <= 0) return null;
  const sums = Array.from({ length: 7 }, () => ({ quantity: 0, days: 0 }));
  for (const { day, quantity } of days) {
    const of = sums[day.getUTCDay()]!;
    of.quantity += quantity;
    of.days += 1;
  }
  const mean = total / days.length;
  return sums.map(({ quantity, days: count }) => (count ? quantity / count / mean : 1));
}

/** Time between two instants, each day weighed by its weekday. */
function weightBetween(from: number, to: number, weights: readonly number[] | null): number {
  if (!weights) return to - from;
  let sum = 0;
  for (let at = from; at < to; ) {
    const nextDay = (Math.floor(at / dayMs) + 1) * dayMs;
    const end = Math.min(nextDay, to);
    sum += (end - at) * weights[new Date(at).getUTCDay()]!;
    at = end;
  }
  return sum;
}
