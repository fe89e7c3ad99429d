/** What happens to money by itself. `moneyJobs` in `payments/money-jobs.ts` says how. */
const moneyJobNames = [
  "balance.mature",
  "charge.post",
  "dispute.decide",
  "dispute.expire",
  "account.deadline",
  "intent.expire-capture",
  "payout.advance",
  "payout.schedule",
  "refund.advance",
  "report.run",
  "topup.advance",
] as const;
export type MoneyJobName = (typeof moneyJobNames)[number];

import { billingJobNames } from "#sandbox/world/billing-jobs";

/** Everything that happens by itself when its time comes. `jobs` in `scheduled.ts` says how. */
export const jobNames = [
  ...billingJobNames,
  ...moneyJobNames,
  "intent.debit",
  "session.expire",
  "setup.deposits",
  "subscription.advance",
  "subscription.expire-incomplete",
  "subscription.trial-will-end",
  "usage.count",
  "invoice.finalize",
  "invoice.retry",
] as const;
export type JobName = (typeof jobNames)[number];
