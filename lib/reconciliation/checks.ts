/**
 * Every question that is asked of a book, in the order a run asks them. `question` is what holds
 * where nothing is found; `of` is what it is asked of, one by one.
 */
export const checks = {
  "transaction.entry": {
    question: "Every balance transaction has its entry",
    of: "balance transactions",
    whose: "all",
  },
  "entry.transaction": {
    question: "Every settled entry has its balance transaction",
    of: "settled entries",
    whose: "all",
  },
  clearing: {
    question: "Every clearing reference is back at zero in time",
    of: "open references",
    whose: "all",
    graceMinutes: 10,
  },
  suspense: {
    question: "Nothing is left that no rule explains",
    of: "balance transactions in suspense",
    whose: "all",
  },
  balance: {
    question: "The ledger's balance equals Stripe's",
    of: "balances",
    whose: "all",
    graceMinutes: 10,
  },
  payout: {
    question: "Every payout equals its parts",
    of: "payouts",
    whose: "all",
  },
  receivable: {
    question: "What tenants owe equals their open invoices",
    of: "tenants with open invoices",
    whose: "platform",
    graceMinutes: 10,
  },
  credit: {
    question: "Customer credit equals the balance at Stripe",
    of: "tenants with credit",
    whose: "platform",
    graceMinutes: 10,
  },
  payable: {
    question: "What was taken for tenants is handed over",
    of: "tenants who are owed",
    whose: "platform",
    graceMinutes: 10,
  },
  "invoice.rated": {
    question: "Every invoice line equals the rater",
    of: "invoices",
    whose: "platform",
  },
  ledger: {
    question: "Every entry is as it was written",
    of: "entries",
    whose: "all",
  },
  report: {
    question: "Stripe's report files say the same",
    of: "lines of reports",
    whose: "reported",
  },
} as const satisfies Record<string, Check>;

type Check = {
  readonly question: string;
  readonly of: string;
  /** Which books it is asked of; `reported` where a report was read. */
  readonly whose: "all" | "platform" | "reported";
  /**
   * Where both sides come by events of their own, a difference counts once it stays this long from
   * when it was found: until then it is expected. How long ago it came about says nothing, because
   * after an outage everything that is read is old.
   */
  readonly graceMinutes?: number;
};

export type CheckName = keyof typeof checks;

/** How long what a check finds may stay before it is a break. */
export function graceOf(check: CheckName): number {
  return (checks[check] as Check).graceMinutes ?? 0;
}
export const checkNames = Object.keys(checks) as CheckName[];
