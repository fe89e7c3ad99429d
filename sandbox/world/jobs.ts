/** Everything that happens by itself when its time comes. `jobs` in `scheduled.ts` says how. */
export const jobNames = [
  "session.expire",
  "subscription.advance",
  "subscription.expire-incomplete",
  "subscription.trial-will-end",
  "invoice.finalize",
  "invoice.retry",
] as const;
export type JobName = (typeof jobNames)[number];
