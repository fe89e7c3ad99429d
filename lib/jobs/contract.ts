/** Every background job by name, with what it is given. Each needs a row in dispatch/jobs. */
export type JobPayloads = {
  "mail.send": { mailId: string };
  "billing.open-account": { tenantId: string };
  "billing.expire-checkouts": Record<never, never>;
  "catalog.publish-version": { versionId: string };
  "tenancy.sweep": Record<never, never>;
  /** Without an account: every one there is, each in a job of its own. */
  "events.backfill": { account?: string | undefined };
  "events.find-drift": Record<never, never>;
  "events.keep-inbox": Record<never, never>;
  "audit.verify": Record<never, never>;
};

export type JobName = keyof JobPayloads;
