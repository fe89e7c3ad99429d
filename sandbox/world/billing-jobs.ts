/** What billing does by itself. `billingJobs` in `resources/billing-jobs.ts` says how. */
export const billingJobNames = [
  "credit-grant.expire",
  "invoice.overdue",
  "invoice.upcoming",
  "invoice.will-be-due",
  "schedule.advance",
  "schedule.expiring",
  "subscription.bill-pending",
  "subscription.check-thresholds",
  "subscription.expire-pending-update",
  "subscription.expire-resume",
  "subscription.resume",
  "subscription.resume-collection",
  "test-clock.advance",
] as const;
export type BillingJobName = (typeof billingJobNames)[number];
