import { z } from "zod";

const sum = { minor: z.string(), currency: z.string() };
const plan = z.object({ status: z.string(), versionId: z.string().nullable() });
const trial = plan.extend({ trialEndsAt: z.iso.datetime() });
const invoice = z.object({
  ...sum,
  invoiceId: z.string(),
  nextAttemptAt: z.iso.datetime().nullable(),
});
const entitled = z.object({
  ...{ planKey: z.string(), state: z.string(), status: z.string(), seats: z.string().nullable() },
});
const charge = z.object({ ...sum, chargeId: z.string(), failure: z.string().nullable() });
const refund = z.object({ ...sum, refundId: z.string(), chargeId: z.string().nullable() });
const dispute = z.object({
  ...{ ...sum, disputeId: z.string(), chargeId: z.string().nullable() },
  status: z.string(),
});
const fraudWarning = z.object({
  ...{ warningId: z.string(), chargeId: z.string().nullable(), fraudType: z.string() },
});
const payout = z.object({ ...sum, payoutId: z.string(), failure: z.string().nullable() });

const about = { accountId: z.string() };
const account = z.object({ ...about, dueAt: z.iso.datetime().nullable() });
const asked = z.object({
  ...{ ...about, dueAt: z.iso.datetime().nullable(), asked: z.string() },
  ...{ names: z.string(), stops: z.string() },
});
const confirm = z.object({ ...about, askedAt: z.iso.datetime(), stopsAt: z.iso.datetime() });
const ofHold = { ...about, holdId: z.string(), stops: z.string() };
const held = z.object({
  ...{ ...ofHold, reason: z.string(), until: z.iso.datetime().nullable() },
  rule: z.string().nullable(),
});
const released = z.object({ ...ofHold, ending: z.string(), note: z.string() });
const decided = z.object({
  ...{ ...about, holdId: z.string(), appealId: z.string(), decision: z.string() },
  answer: z.string(),
});

const threshold = z.object({
  ...{ meter: z.string(), name: z.string(), unit: z.string().nullable(), act: z.string() },
  ...{ measure: z.string(), amount: z.string(), percent: z.string(), reached: z.string() },
  ...{ currency: z.string().nullable(), periodStart: z.string(), periodEnd: z.string() },
});

export type EventType<Data extends z.ZodObject = z.ZodObject> = {
  /** The area it is offered under. */
  readonly group: EventGroup;
  readonly data: Data;
  /** What a test of it carries. */
  readonly example: Record<string, string | null>;
};
export type EventGroup =
  | "account"
  | "billing"
  | "payments"
  | "disputes"
  | "payouts"
  | "reconciliation"
  | "alerts";

/** Ties an example to what its kind carries. */
export function type<Data extends z.ZodObject>(
  group: EventGroup,
  data: Data,
  example: z.output<Data> & Record<string, string | null>,
): EventType<Data> {
  return { group, data, example };
}

const usd = { minor: "4900", currency: "usd" };
const [ofCharge, ofRefund] = [{ chargeId: "ch_test" }, { refundId: "re_test" }];
const refunded = { ...usd, ...ofRefund, ...ofCharge };
const disputed = { ...usd, disputeId: "dp_test", ...ofCharge };
const paidOut = { ...usd, payoutId: "po_test" };
const ours = { accountId: "acct_test" };
const stopped = { ...ours, holdId: "hld_test", stops: "payouts" };
const planned = { versionId: "plv_test" };
const billed = { ...usd, invoiceId: "in_test" };
const nextAttemptAt = "2026-01-04T09:00:00.000Z";

/** Every kind of fact a tenant may be told of, and what it carries. Any other fact stays inside. */
export const eventTypes = {
  "subscription.active": type("billing", plan, { status: "active", ...planned }),
  "subscription.trial_ending": type("billing", trial, {
    ...{ status: "trialing", ...planned, trialEndsAt: "2026-01-04T09:00:00.000Z" },
  }),
  "subscription.past_due": type("billing", plan, { status: "past_due", ...planned }),
  "subscription.canceled": type("billing", plan, { status: "canceled", ...planned }),
  "invoice.paid": type("billing", invoice, { ...billed, nextAttemptAt: null }),
  "invoice.payment_failed": type("billing", invoice, { ...billed, nextAttemptAt }),
  "entitlements.changed": type("billing", entitled, {
    ...{ planKey: "pro", state: "all", status: "active", seats: "5" },
  }),
  "usage.threshold_reached": type("billing", threshold, {
    ...{ meter: "api_calls", name: "API calls", unit: "API call", act: "alert", measure: "units" },
    ...{ amount: "100000", percent: "100", reached: "100012", currency: "usd" },
    ...{ periodStart: "2026-01-01T00:00:00.000Z", periodEnd: "2026-02-01T00:00:00.000Z" },
  }),
  "account.active": type("account", account, { ...ours, dueAt: null }),
  "account.restricted": type("account", account, { ...ours, dueAt: nextAttemptAt }),
  "account.closed": type("account", account, { ...ours, dueAt: null }),
  "account.disconnected": type("account", account, { ...ours, dueAt: null }),
  "account.requirements_due": type("account", asked, {
    ...{ ...ours, dueAt: nextAttemptAt, asked: "1", names: "External account" },
    stops: "card payments",
  }),
  "account.confirm_due": type("account", confirm, {
    ...{ ...ours, askedAt: "2026-01-01T09:00:00.000Z", stopsAt: "2026-01-15T09:00:00.000Z" },
  }),
  "account.held": type("account", held, {
    ...{ ...stopped, reason: "A delivery is looked into.", until: null, rule: null },
  }),
  "account.released": type("account", released, {
    ...{ ...stopped, ending: "released", note: "All is well." },
  }),
  "account.appeal_decided": type("account", decided, {
    ...{ ...ours, holdId: "hld_test", appealId: "apl_test", decision: "granted" },
    answer: "All is well.",
  }),
  "charge.succeeded": type("payments", charge, { ...usd, ...ofCharge, failure: null }),
  "charge.failed": type("payments", charge, { ...usd, ...ofCharge, failure: "card_declined" }),
  "refund.succeeded": type("payments", refund, refunded),
  "refund.failed": type("payments", refund, refunded),
  "refund.canceled": type("payments", refund, refunded),
  "dispute.opened": type("disputes", dispute, { ...disputed, status: "needs_response" }),
  "dispute.won": type("disputes", dispute, { ...disputed, status: "won" }),
  "dispute.lost": type("disputes", dispute, { ...disputed, status: "lost" }),
  "dispute.warning_closed": type("disputes", dispute, { ...disputed, status: "warning_closed" }),
  "fraud_warning.received": type("disputes", fraudWarning, {
    ...{ warningId: "issfr_test", ...ofCharge, fraudType: "made_with_stolen_card" },
  }),
  "payout.created": type("payouts", payout, { ...paidOut, failure: null }),
  "payout.paid": type("payouts", payout, { ...paidOut, failure: null }),
  "payout.failed": type("payouts", payout, { ...paidOut, failure: "account_closed" }),
  "payout.canceled": type("payouts", payout, { ...paidOut, failure: null }),
  "payout.reconciled": type("payouts", payout, { ...paidOut, failure: null }),
} as const satisfies Record<string, EventType>;

export type WebhookEventType = keyof typeof eventTypes;
export const eventTypeNames = Object.keys(eventTypes) as WebhookEventType[];

/** True where tenants may be told of a kind of fact. */
export function isEventType(kind: string): kind is WebhookEventType {
  return Object.hasOwn(eventTypes, kind);
}
