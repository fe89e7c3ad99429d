/** Every background job by name, with what it is given. A name here needs a row in dispatch/jobs. */
export type JobPayloads = {
  "mail.send": { mailId: string };
  "billing.open-account": { tenantId: string };
  "billing.open-checkout": { checkoutId: string };
  "catalog.publish-version": { versionId: string };
};

export type JobName = keyof JobPayloads;
