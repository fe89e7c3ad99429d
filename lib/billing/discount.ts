import type { Interval } from "#lib/catalog/plan";
import { boundary } from "#lib/rater/calendar";
import type { DiscountDuration } from "#lib/stripe/gateway-discounts";

/** A discount as it runs: what it takes off in words, and until when. */
export type RunningDiscount = { words: string; duration: DiscountDuration; endsAt: Date | null };

/** How much of a discount is left, as pages and the API say it. */
export type DiscountLeft = RunningDiscount & {
  /** Months that are left, the one that has begun counted whole; null where it has no end. */
  monthsLeft: number | null;
  /**
   * How many invoices of a whole period it still comes off, the next one counted. Null is all of
   * them. A year that is paid at once is one invoice: what ends within it comes off no other.
   */
  invoicesLeft: number | null;
};

type Cycle = { now: Date; nextInvoiceAt: Date; interval: Interval };

/** What is left of a discount at an instant, on the invoices of a cycle. */
export function discountLeft(discount: RunningDiscount, cycle: Cycle): DiscountLeft {
  const { words, duration, endsAt } = discount;
  if (duration === "once") return { words, duration, endsAt, monthsLeft: null, invoicesLeft: 1 };
  if (!endsAt) return { words, duration, endsAt, monthsLeft: null, invoicesLeft: null };
  return {
    ...{ words, duration, endsAt },
    monthsLeft: timesUntil(cycle.now, endsAt, 1),
    invoicesLeft: timesUntil(cycle.nextInvoiceAt, endsAt, cycle.interval === "year" ? 12 : 1),
  };
}

/** True where a discount still comes off an invoice of that instant, by its time alone. */
export function runsAt({ endsAt }: Pick<RunningDiscount, "endsAt">, at: Date): boolean {
  return endsAt === null || endsAt > at;
}

/** When a discount of so many months ends that begins at an instant. */
export function endAfter(from: Date, months: number | null): Date | null {
  return months === null ? null : addMonths(from, months);
}

/** Months on, as Stripe counts them: on the same day, or on the last there is. */
function addMonths(from: Date, months: number): Date {
  const seconds = Math.floor(from.getTime() / 1000);
  return new Date(boundary(seconds, "month", months) * 1000);
}

/** How many steps of some months, the first at `from`, begin before `until`. */
function timesUntil(from: Date, until: Date, months: number): number {
  let times = 0;
  while (addMonths(from, times * months) < until) times += 1;
  return times;
}
