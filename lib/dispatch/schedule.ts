import type { CronItem } from "graphile-worker";
import type { JobName } from "#lib/jobs/contract";

/** What the clock asks for, in UTC. A run missed while everything was off is made up for once. */
export const schedule: (CronItem & { task: JobName })[] = [
  { task: "billing.expire-checkouts", match: "*/15 * * * *", options: { backfillPeriod: 0 } },
  { task: "payments.resume-acts", match: "*/5 * * * *", options: { backfillPeriod: 0 } },
  {
    task: "payments.notify-expiring",
    match: "35 8 * * *",
    options: { backfillPeriod: 86_400_000 },
  },
  { task: "seats.check", match: "*/30 * * * *", options: { backfillPeriod: 0 } },
  { task: "seats.true-up", match: "*/10 * * * *", options: { backfillPeriod: 0 } },
  { task: "entitlements.end-grace", match: "* * * * *", options: { backfillPeriod: 0 } },
  { task: "entitlements.rebuild", match: "50 2 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "billing.resume-changes", match: "*/2 * * * *", options: { backfillPeriod: 0 } },
  { task: "migrations.resume", match: "*/2 * * * *", options: { backfillPeriod: 0 } },
  { task: "catalog.see-to-coupons", match: "27 * * * *", options: { backfillPeriod: 0 } },
  { task: "tenancy.sweep", match: "17 * * * *", options: { backfillPeriod: 0 } },
  { task: "events.backfill", match: "7 * * * *", options: { backfillPeriod: 3_600_000 } },
  { task: "events.find-drift", match: "*/10 * * * *", options: { backfillPeriod: 0 } },
  { task: "events.resume-resyncs", match: "*/5 * * * *", options: { backfillPeriod: 0 } },
  { task: "events.resume-runs", match: "*/2 * * * *", options: { backfillPeriod: 0 } },
  { task: "events.keep-inbox", match: "23 2 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "rater.sweep", match: "*/5 * * * *", options: { backfillPeriod: 0 } },
  { task: "usage.flush", match: "* * * * *", options: { backfillPeriod: 0 } },
  { task: "usage.watch", match: "* * * * *", options: { backfillPeriod: 0 } },
  { task: "usage.settle", match: "*/5 * * * *", options: { backfillPeriod: 0 } },
  { task: "usage.compare", match: "37 * * * *", options: { backfillPeriod: 0 } },
  { task: "usage.keep", match: "53 2 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "webhooks.wake", match: "* * * * *", options: { backfillPeriod: 0 } },
  { task: "webhooks.sweep", match: "11 4 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "audit.verify", match: "40 3 * * *", options: { backfillPeriod: 86_400_000 } },
];
