import type { Interval } from "#lib/catalog/plan";
import type { Lifecycle } from "#lib/lifecycle";

export type CheckoutStatus = "opening" | "open" | "completed" | "expired" | "failed";
export type CheckoutEvent = "open" | "complete" | "expire" | "fail";

/**
 * `opening`: decided here, not yet known to be open at Stripe. Stripe's word is final, so an
 * expired checkout that was paid after all is completed.
 */
export const checkoutLifecycle = {
  opening: { open: "open", complete: "completed", expire: "expired", fail: "failed" },
  open: { complete: "completed", expire: "expired" },
  expired: { complete: "completed" },
  failed: { complete: "completed" },
  completed: {},
} as const satisfies Lifecycle<CheckoutStatus, CheckoutEvent>;

/** At most one per tenant; an index holds it. */
export const underWay = ["opening", "open"] as const satisfies CheckoutStatus[];

/** What a tenant chose to buy. */
export type CheckoutChoice = {
  versionId: string;
  interval: Interval;
  currency: string;
  seats: number;
  trialDays: number;
  needsCard: boolean;
  isEmbedded: boolean;
  code: string | null;
  promotionCodeId: string | null;
  /** Whether Stripe Tax counts, and which ways to pay are offered: the platform's settings. */
  isTaxed: boolean;
  methodConfigurationId: string | null;
  addOnVersionIds: string[];
  addOnQuantities: number[];
};

export function isSameChoice(left: CheckoutChoice, right: CheckoutChoice): boolean {
  return (
    left.versionId === right.versionId &&
    left.interval === right.interval &&
    left.currency === right.currency &&
    left.seats === right.seats &&
    left.needsCard === right.needsCard &&
    left.isEmbedded === right.isEmbedded &&
    left.promotionCodeId === right.promotionCodeId &&
    left.isTaxed === right.isTaxed &&
    left.methodConfigurationId === right.methodConfigurationId &&
    left.addOnVersionIds.join() === right.addOnVersionIds.join() &&
    left.addOnQuantities.join() === right.addOnQuantities.join()
  );
}

const hourMs = 3_600_000;

/** Stripe closes the page after this. It allows half an hour to a day; its clock may differ. */
export function expiryOf(checkout: { createdAt: Date }): Date {
  return new Date(checkout.createdAt.getTime() + 12 * hourMs);
}

/** An opening left lying for hours is given up: its page would close too soon after it opens. */
export function isStale(
  checkout: { status: CheckoutStatus; createdAt: Date; expiresAt: Date | null },
  now: Date,
): boolean {
  if (checkout.status === "open") return (checkout.expiresAt ?? expiryOf(checkout)) <= now;
  return now.getTime() - checkout.createdAt.getTime() > 6 * hourMs;
}
