import type { PayoutSettings } from "#lib/stripe/gateway-payouts";

type Schedule = Pick<PayoutSettings, "interval" | "weekdays" | "monthDays" | "isEnabled">;

const dayMs = 86_400_000;
const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * The next day, after today, on which the schedule pays out what is available; null where nothing
 * leaves by itself. A day of the month that a month does not have is its last.
 */
export function nextPayoutDay(schedule: Schedule, now: Date): Date | null {
  if (!schedule.isEnabled) return null;
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs;
  for (let days = 1; days <= 62; days += 1) {
    const day = new Date(midnight + days * dayMs);
    if (isPayoutDay(schedule, day)) return day;
  }
  return null;
}

function isPayoutDay({ interval, weekdays, monthDays }: Schedule, day: Date): boolean {
  if (interval === "daily") return true;
  if (interval === "weekly") return weekdays.includes(names[day.getUTCDay()]!);
  if (interval !== "monthly") return false;
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  const date = day.getUTCDate();
  return monthDays.includes(date) || (date === last && monthDays.some((each) => each > last));
}
