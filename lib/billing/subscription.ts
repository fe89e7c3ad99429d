import type { Interval } from "#lib/catalog/plan";

/** Stripe's words for how a subscription stands, and what each means to us. */
export const subscriptionStatuses = {
  trialing: { isLive: true, gives: "plan", word: "Trial" },
  active: { isLive: true, gives: "plan", word: "Active" },
  past_due: { isLive: true, gives: "plan", word: "Past due" },
  unpaid: { isLive: true, gives: "free", word: "Unpaid" },
  paused: { isLive: true, gives: "free", word: "Paused" },
  incomplete: { isLive: false, gives: "free", word: "Incomplete" },
  incomplete_expired: { isLive: false, gives: "free", word: "Expired" },
  canceled: { isLive: false, gives: "free", word: "Canceled" },
} as const satisfies Record<string, { isLive: boolean; gives: "plan" | "free"; word: string }>;

export type SubscriptionStatus = keyof typeof subscriptionStatuses;

/** A tenant has at most one of these at a time; a second is refused. */
export const liveStatuses = Object.entries(subscriptionStatuses)
  .filter(([, { isLive }]) => isLive)
  .map(([status]) => status) as SubscriptionStatus[];

/** A subscription as pages show it. */
export type SubscriptionView = {
  id: string;
  status: SubscriptionStatus;
  seats: number | null;
  currency: string;
  interval: Interval;
  currentPeriodEnd: Date | null;
  /** When it will end, where it was canceled for later. */
  cancelAt: Date | null;
  createdAt: Date;
};

type Row = Omit<SubscriptionView, "status" | "interval"> & { status: string; interval: string };

export function toSubscription(row: Row): SubscriptionView {
  const { id, seats, currency, currentPeriodEnd, cancelAt, createdAt } = row;
  const status = row.status as SubscriptionStatus;
  const interval = row.interval as Interval;
  return { id, status, seats, currency, interval, currentPeriodEnd, cancelAt, createdAt };
}
