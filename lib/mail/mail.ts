/** What each template is filled with. `path` starts at our own address and may hold a secret. */
export type MailData = {
  "verify-email": { name: string; path: string };
  "reset-password": { name: string; path: string };
  "password-changed": { name: string; at: string; ip: string | null };
  invitation: { inviter: string; tenant: string; role: string; path: string };
  "plan-active": { tenant: string; plan: string; path: string };
  "plan-changed": {
    tenant: string;
    heading: string;
    line: string;
    action: string;
    path: string;
  };
  /** What became of a tenant's payments account, a line a paragraph. */
  "payments-account": {
    tenant: string;
    heading: string;
    lines: readonly string[];
    action: string;
    path: string;
  };
  "payment-failed": { tenant: string; amount: string; nextAttemptAt: string | null; path: string };
  "payment-received": { tenant: string; amount: string; number: string | null; path: string };
  /** `card` as people call it, `until` the month it ends with: "2026-11". */
  "card-expiring": { tenant: string; card: string; until: string; path: string };
  "platform-alert": { heading: string; tenant: string | null; line: string; path: string };
  /** What is about to stop for whom, a line a tenant. */
  "deadline-digest": { heading: string; lines: readonly string[]; path: string };
  "dispute-notice": {
    tenant: string;
    heading: string;
    line: string;
    action: string;
    path: string;
  };
  "webhook-off": { tenant: string; endpoint: string; isGone: boolean; path: string };
};

export type MailTemplate = keyof MailData;

/** One mail to one person. `reference` names the fact it hangs on: a second one is not written. */
export type NewMail<T extends MailTemplate = MailTemplate> = {
  readonly template: T;
  readonly reference: string;
  readonly to: string;
  readonly data: MailData[T];
};

/** True where a mail opens something by itself, so that its text is as secret as a password. */
export const holdsSecret = {
  "verify-email": true,
  "reset-password": true,
  "password-changed": false,
  invitation: true,
  "plan-active": false,
  "plan-changed": false,
  "payments-account": false,
  "payment-failed": false,
  "payment-received": false,
  "card-expiring": false,
  "platform-alert": false,
  "deadline-digest": false,
  "dispute-notice": false,
  "webhook-off": false,
} as const satisfies Record<MailTemplate, boolean>;
