import type { SubscriptionStatus } from "#lib/billing/subscription";
import type { Interval } from "#lib/catalog/plan";
import type { Lifecycle } from "#lib/lifecycle";
import type { PhaseItem } from "#lib/stripe/gateway-schedules";
import type {
  Cancellation,
  Discounting,
  DiscountToGive,
  ItemChange,
} from "#lib/stripe/gateway-subscriptions";

export type ChangeKind =
  | "plan"
  | "pause"
  | "resume"
  | "cancel"
  | "cancel_now"
  | "undo_cancel"
  | "discount";
export type ChangeStatus =
  | "requested"
  | "awaiting_payment"
  | "scheduled"
  | "applied"
  | "failed"
  | "undone";
export type ChangeEvent = "apply" | "hold" | "schedule" | "fail" | "undo";

/**
 * `requested`: decided here, not yet known to be made at Stripe. `awaiting_payment`: Stripe keeps
 * it until its invoice is paid, and the plan is as it was. `scheduled`: for the period's end.
 */
export const changeLifecycle = {
  requested: {
    ...{ apply: "applied", hold: "awaiting_payment", schedule: "scheduled", fail: "failed" },
  },
  awaiting_payment: { apply: "applied", fail: "failed", undo: "undone" },
  scheduled: { apply: "applied", undo: "undone", fail: "failed" },
  applied: {},
  failed: {},
  undone: {},
} as const satisfies Lifecycle<ChangeStatus, ChangeEvent>;

/** What became of a change at Stripe. */
export type Outcome = {
  event: ChangeEvent;
  invoiceId?: string | null;
  payUntil?: Date | null;
  scheduleId?: string;
  effectiveAt?: Date | null;
  error?: string;
};

/** At most one per tenant; an index holds it. */
export const changeUnderWay = ["requested", "awaiting_payment"] as const satisfies ChangeStatus[];

/** What has not come to its end. */
export const unsettled = [...changeUnderWay, "scheduled"] as const satisfies ChangeStatus[];

/** What may be changed in each state Stripe has. What is not named is refused with a mend. */
export const changesIn = {
  trialing: ["plan", "cancel", "cancel_now", "undo_cancel", "discount"],
  active: ["plan", "pause", "cancel", "cancel_now", "undo_cancel", "discount"],
  past_due: ["cancel", "cancel_now", "undo_cancel"],
  unpaid: ["cancel_now"],
  paused: ["resume", "cancel_now"],
  incomplete: [],
  incomplete_expired: [],
  canceled: [],
} as const satisfies Record<SubscriptionStatus, readonly ChangeKind[]>;

/** What a tenant has, or is to have. */
export type PlanTerms = {
  planKey: string;
  planName: string;
  versionId: string;
  interval: Interval;
  currency: string;
  /** Null where the plan counts none. */
  seats: number | null;
  addOns: { key: string; name: string; quantity: number }[];
};

/** What was chosen, as pages and mails say it. */
export type ChangeChoice =
  | {
      kind: "plan";
      from: PlanTerms;
      to: PlanTerms;
      timing: Timing;
      why: TimingReason;
      /** The code that comes with it; nothing where none does. */
      code?: { code: string; words: string };
    }
  | { kind: "discount"; code: string | null; words: string | null; isOffer: boolean }
  | { kind: "pause"; months: number | null }
  | { kind: "resume" | "cancel" | "cancel_now" | "undo_cancel" };

export type Timing = "now" | "period_end";
export type TimingReason =
  | "upgrade"
  | "downgrade"
  | "longer_interval"
  | "shorter_interval"
  | "trial"
  | "drops_usage"
  | "asked"
  /** Made at Stripe or by a migration that went back, and noted here. */
  | "elsewhere";

/** A price of usage that another takes the place of, and since when it has been counted. */
export type Leaving = { itemId: string; priceId: string; from: string };

/**
 * What Stripe is asked. `releases`: the schedule that has to let go first. `leaves` is not asked:
 * it says whose usage ends at `prorationAt`, which Stripe tells nobody where none was known to it.
 */
export type ChangeRequest = { releases: string | null } & (
  | {
      call: "items";
      items: ItemChange[];
      target: PhaseItem[];
      prorationAt: string | null;
      ifUnpaid: "hold" | "refuse";
      leaves?: Leaving[];
      discounts?: DiscountToGive[];
    }
  | { call: "schedule"; target: PhaseItem[]; interval: Interval; discounts?: DiscountToGive[] }
  /** What was said in their own words stands in the row's `comment` alone. */
  | ({ call: "cancel" | "cancel_now" } & Pick<Cancellation, "feedback">)
  | { call: "keep" | "pause" | "resume" }
  | { call: "discount"; discount: Discounting }
);
