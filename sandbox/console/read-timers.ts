import type { Place } from "#sandbox/console/place";

/** Something that will happen by itself. */
export interface Due {
  job: string;
  /** What it happens to: an id, or an account and a day. */
  id: string;
  account: string;
  due: number;
  testClock: string | null;
}

/** What is due next in a world, the soonest first. */
export function dueOf({ engine, namespace }: Place, { limit }: { limit: number }): Due[] {
  const rows = engine.database.all(
    "SELECT * FROM timers WHERE namespace = ? ORDER BY due, sequence LIMIT ?",
    ...[namespace.name, limit],
  );
  return rows.map(({ job, subject, account, due, clock }) => ({
    job: String(job),
    id: String(subject).split("|")[0] ?? "",
    account: String(subject).startsWith("acct_") ? namespace.account : String(account),
    due: Number(due),
    testClock: typeof clock === "string" ? clock : null,
  }));
}

const words: Record<string, string> = {
  "account.deadline": "Requirements fall due for",
  "balance.mature": "Funds become available for",
  "charge.post": "The ledger row comes of",
  "credit-grant.expire": "Credit ends of",
  "dispute.decide": "The bank decides",
  "dispute.expire": "The deadline passes of",
  "intent.debit": "The bank answers",
  "intent.expire-capture": "The hold ends of",
  "invoice.finalize": "The draft is finalized:",
  "invoice.overdue": "Becomes overdue:",
  "invoice.retry": "Payment is tried again of",
  "payout.advance": "Moves on to the bank:",
  "payout.schedule": "Pays out",
  "refund.advance": "The refund moves on:",
  "report.run": "The report is made:",
  "schedule.advance": "The next phase begins of",
  "session.expire": "Expires:",
  "subscription.advance": "Renews:",
  "subscription.expire-incomplete": "The first payment's time ends of",
  "subscription.expire-pending-update": "The pending update ends of",
  "subscription.expire-resume": "The time to resume ends of",
  "subscription.resume-collection": "Collection resumes of",
  "subscription.trial-will-end": "Three days are left of the trial of",
  "test-clock.advance": "Advances:",
  "topup.advance": "The top-up arrives:",
};

/** What a job does, as a sentence about its subject. */
export function jobWords(job: string): string {
  return words[job] ?? job;
}
