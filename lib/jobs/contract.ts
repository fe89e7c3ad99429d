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
  /** Tries a version on every subscriber of its plan. */
  "migrations.back-test": { runId: string };
  "billing.learn-payments": { invoiceId: string };
  /** Keeps what a tax rate is, which invoices name by its id. */
  "billing.learn-tax-rate": { rateId: string };
  /** Has Stripe offer the ways to pay that were decided on. */
  "payments.keep-methods": Record<never, never>;
  /** Brings the plans there are to the platform's setting of tax. */
  "payments.tax-subscriptions": Record<never, never>;
  "payments.carry-out-act": { actId: string };
  "payments.resume-acts": Record<never, never>;
  "payments.notify-expiring": Record<never, never>;
  /** Sends a payment on, or gives back what was taken above its fee. */
  "selling.settle-sale": { saleId: string };
  /** Closes the pages that payers have open, of one link or of all of a tenant's. */
  "selling.close-checkouts": { linkId?: string | undefined; tenantId?: string | undefined };
  "selling.carry-out-refund": { refundId: string };
  /** What was refused or left half done, of one tenant or of all. */
  "selling.resume": { tenantId?: string | undefined };
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
  /** Has Stripe stop what a tenant's holds stop, and people told of them. */
  "connect.apply-holds": { tenantId: string };
  /** What the clock asks of accounts: holds that end, rules, reminders. */
  "connect.keep": Record<never, never>;
  /** Tells the platform's people that a tenant wants to be connected again. */
  "connect.tell-reconnect": { tenantId: string; askedById: string };
  /** Tells the platform's people which deadlines at Stripe are near. */
  "connect.tell-deadlines": Record<never, never>;
  "connect.judge-account": { tenantId: string };
  /** Reminds because somebody wanted it; `key` tells one wish from another. */
  "connect.remind": { tenantId: string; key: string };
  /** Compares what changed of the books with Stripe. */
  "reconciliation.pass": Record<never, never>;
  /** Goes on with a comparison of everything. */
  "reconciliation.run": { runId: string };
  /** Goes on with a report of Stripe's. */
  "reconciliation.report": { reportId: string };
  /** Does what was decided about a break. */
  "reconciliation.carry-out": { resolutionId: string };
  "reconciliation.resume-runs": Record<never, never>;
  "reconciliation.run-daily": Record<never, never>;
  "tenancy.sweep": Record<never, never>;
  /** Without an account: every one there is, each in a job of its own. */
  "events.backfill": { account?: string | undefined };
  "events.find-drift": Record<never, never>;
  "events.resync": { resyncId: string };
  "events.resume-resyncs": Record<never, never>;
  "events.keep-inbox": Record<never, never>;
  "events.carry-out-run": { runId: string };
  "events.resume-runs": Record<never, never>;
  "events.adopt-orphans": Record<never, never>;
  /** Sends what is due at one endpoint. What fails at the moment has a lane of its own. */
  "webhooks.send": { endpointId: string };
  "webhooks.send-failing": { endpointId: string };
  "usage.flush": Record<never, never>;
  "usage.compare": Record<never, never>;
  "usage.keep": Record<never, never>;
  /** Of one invoice, after one change, or of all there are. */
  "usage.settle": { invoiceId?: string | undefined; changeId?: string | undefined };
  "usage.read-reports": Record<never, never>;
  "usage.keep-meter": { key: string };
  /** Without a tenant: every one that set an alert or a cap, each in a job of its own. */
  "usage.watch": { tenantId?: string | undefined };
  /** Tells Stripe what was decided about a dispute. */
  "disputes.carry-out-answer": { answerId: string };
  "disputes.resume-answers": Record<never, never>;
  /** Looks for what is a fact by disputes on the platform's own account. */
  "disputes.find-facts": Record<never, never>;
  "disputes.remind-deadlines": Record<never, never>;
  /** Does at Stripe what was decided about money of an account. */
  "payouts.carry-out-move": { moveId: string };
  "payouts.resume-moves": Record<never, never>;
  /** Reads what an automatic payout is made of. */
  "payouts.trace": { account: string; payoutId: string };
  "payouts.sweep": Record<never, never>;
  "webhooks.wake": Record<never, never>;
  "webhooks.sweep": Record<never, never>;
  /** Reads what moved an account's balance. Without one: of every account that is due. */
  "ledger.feed": { account?: string | undefined };
  "ledger.post-waiting": Record<never, never>;
  /** Posts whatever has no entry, from all mirrors; `again` begins anew where it was done. */
  "ledger.catch-up": { again?: boolean | undefined };
  "ledger.earn": Record<never, never>;
  "ledger.read-credits": Record<never, never>;
  /** Adds what was posted to the balances and seals it; while there is some, again soon. */
  "ledger.fold": Record<never, never>;
  /** Works every book out anew. */
  "ledger.verify": Record<never, never>;
  "audit.verify": Record<never, never>;
};

export type JobName = keyof JobPayloads;
