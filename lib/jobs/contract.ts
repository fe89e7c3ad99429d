/** Every background job by name, with what it is given. Each needs a row in dispatch/jobs. */
export type JobPayloads = {
  "mail.send": { mailId: string };
  "billing.open-account": { tenantId: string };
  "billing.expire-checkouts": Record<never, never>;
  /** Makes a change of a subscription, or looks what became of it. */
  "billing.settle-change": { changeId: string };
  "billing.resume-changes": Record<never, never>;
  "catalog.publish-version": { versionId: string };
  /** Has Stripe as a coupon and its codes are here, and counts what was redeemed. */
  "catalog.make-coupon": { couponId: string };
  "catalog.see-to-coupons": Record<never, never>;
  /** Counts what a migration's subscribers would pay. */
  "migrations.count": { migrationId: string };
  "migrations.run": { migrationId: string };
  "migrations.resume": Record<never, never>;
  "billing.learn-payments": { invoiceId: string };
  "payments.carry-out-act": { actId: string };
  "payments.resume-acts": Record<never, never>;
  "payments.notify-expiring": Record<never, never>;
  /** Tells Stripe how many seats a tenant has decided to have. */
  "seats.sync": { tenantId: string };
  "seats.settle": { tenantId: string };
  "seats.check": Record<never, never>;
  "seats.true-up": Record<never, never>;
  "entitlements.refresh": { tenantId: string };
  /** After a tenant; without one from the first. */
  "entitlements.rebuild": { after?: string | undefined };
  "entitlements.end-grace": Record<never, never>;
  /** Works a final invoice of Stripe's out anew. */
  "rater.check-invoice": { invoiceId: string };
  "rater.sweep": Record<never, never>;
  "tenancy.sweep": Record<never, never>;
  /** Without an account: every one there is, each in a job of its own. */
  "events.backfill": { account?: string | undefined };
  "events.find-drift": Record<never, never>;
  "events.resync": { resyncId: string };
  "events.resume-resyncs": Record<never, never>;
  "events.keep-inbox": Record<never, never>;
  "events.carry-out-run": { runId: string };
  "events.resume-runs": Record<never, never>;
  /** Sends what is due at one endpoint. What fails at the moment has a lane of its own. */
  "webhooks.send": { endpointId: string };
  "webhooks.send-failing": { endpointId: string };
  "usage.flush": Record<never, never>;
  "usage.compare": Record<never, never>;
  "usage.keep": Record<never, never>;
  "usage.settle": Record<never, never>;
  /** Without a tenant: every one that set an alert or a cap, each in a job of its own. */
  "usage.watch": { tenantId?: string | undefined };
  "webhooks.wake": Record<never, never>;
  "webhooks.sweep": Record<never, never>;
  "audit.verify": Record<never, never>;
};

export type JobName = keyof JobPayloads;
