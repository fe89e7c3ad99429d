import { billPending } from "#sandbox/billing/bill-pending";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { expirePendingUpdate } from "#sandbox/billing/pending-update";
import { advanceSchedule, warnOfEnd } from "#sandbox/billing/schedule-phases";
import { checkThresholds } from "#sandbox/billing/thresholds";
import { expireGrant } from "#sandbox/resources/credit-grants";
import { warnOfDueDate, warnOfInvoice } from "#sandbox/resources/invoice-warnings";
import { endPause, expireResumption } from "#sandbox/resources/subscription-pause";
import { advanceTestClock } from "#sandbox/resources/test-clocks";
import type { BillingJobName } from "#sandbox/world/billing-jobs";
import type { World } from "#sandbox/world/world";

/** What billing does by itself when its time comes. */
export const billingJobs: {
  [Name in BillingJobName]: (world: World, subject: string) => void;
} = {
  "credit-grant.expire": expireGrant,
  "invoice.overdue": (world, id) => {
    const row = world.find("invoice", id);
    if (row?.object.status !== "open") return;
    world.emit("invoice.overdue", row.object);
    const of = row.object.parent?.subscription_details?.subscription;
    const subscription = world.find("subscription", of ?? "");
    if (subscription?.object.status !== "active") return;
    changeSubscription(world, subscription, { status: "past_due" });
  },
  "invoice.upcoming": warnOfInvoice,
  "invoice.will-be-due": warnOfDueDate,
  "schedule.advance": advanceSchedule,
  "schedule.expiring": warnOfEnd,
  "subscription.bill-pending": billPending,
  "subscription.check-thresholds": checkThresholds,
  "subscription.expire-pending-update": expirePendingUpdate,
  "subscription.expire-resume": expireResumption,
  "subscription.resume": endPause,
  "subscription.resume-collection": (world, id) => {
    const row = world.find("subscription", id);
    if (row === undefined) return;
    changeSubscription(world, row, { pause_collection: null });
  },
  // Bound late: the clock runs all jobs, and is one of them.
  "test-clock.advance": (world, id) => advanceTestClock(world, id),
};
