import type { ResolutionKind } from "#lib/reconciliation/resolution";

type Cause = {
  /** Why it is so, as far as can be told. */
  readonly says: string;
  /** What would mend it most simply. */
  readonly mend: ResolutionKind;
};

/** Every cause we can tell, by what was seen on both sides. */
export const causes = {
  not_posted: {
    says: "Stripe told of the balance transaction and no entry was written for it.",
    mend: "post",
  },
  entry_gone: {
    says: "The fact is known and its entry is not in the book: it was removed.",
    mend: "post",
  },
  webhook_never_came: {
    says: "Stripe settled it, and the event that should have told of it first never came.",
    mend: "refetch",
  },
  mirror_lost: {
    says: "The entry is there and the mirror of its balance transaction is not.",
    mend: "refetch",
  },
  unknown_to_stripe: {
    says: "Stripe has no balance transaction by this id: the entry was written by mistake.",
    mend: "adjust",
  },
  mirror_differs: {
    says: "Our mirror is not as Stripe has it, and the entry is.",
    mend: "refetch",
  },
  entry_differs: {
    says: "The entry is not what the balance transaction says, and the mirror is.",
    mend: "post",
  },
  both_differ: {
    says: "Stripe's, the mirror's and the entry's figures are three; Stripe changed it later.",
    mend: "refetch",
  },
  figures_differ: {
    says: "The two figures differ. Which of them is right is asked at Stripe.",
    mend: "refetch",
  },
  other_currency: {
    says: "It was settled in another currency than the entry says.",
    mend: "post",
  },
  posted_twice: {
    says: "The same movement stands in the book under two references.",
    mend: "adjust",
  },
  not_settled: {
    says: "It happened, and Stripe's balance transaction for it has not been seen.",
    mend: "refetch",
  },
  settled_otherwise: {
    says: "What Stripe settled is not the amount that was expected.",
    mend: "refetch",
  },
  no_arrival: {
    says: "The payout left Stripe, and nothing said yet that it arrived at the bank.",
    mend: "expect",
  },
  no_rule: {
    says: "Stripe's category of the balance transaction has no rule; its amount is in suspense.",
    mend: "adjust",
  },
  transactions_missing: {
    says: "Balance transactions of Stripe's are not in the book yet; they are read again.",
    mend: "refetch",
  },
  entries_removed: {
    says: "Entries that were sealed are not in the book any more: somebody removed them.",
    mend: "post",
  },
  entries_changed: {
    says: "Entries are not as they were sealed: somebody changed them past every wall.",
    mend: "adjust",
  },
  sums_changed: {
    says: "A kept balance is not the sum of its moves: one of them was changed past every wall.",
    mend: "post",
  },
  closing_changed: {
    says: "A closed period does not come to what it did when it was closed: entries were changed.",
    mend: "post",
  },
  unexplained_total: {
    says: "Every balance transaction that is known has its entry, and the totals still differ.",
    mend: "refetch",
  },
  parts_differ: {
    says: "What Stripe itemises for the payout comes to another amount than was paid out.",
    mend: "refetch",
  },
  not_as_invoiced: {
    says: "The entries about this tenant's invoices do not come to what is open at Stripe.",
    mend: "refetch",
  },
  not_as_credited: {
    says: "The entries about this tenant's credit do not come to its balance at Stripe.",
    mend: "refetch",
  },
  not_handed_over: {
    says: "Payments were taken for this tenant and their transfers did not take all of it along.",
    mend: "refetch",
  },
  rated_otherwise: {
    says: "Our own calculation of the invoice comes to another amount.",
    mend: "write_off",
  },
  not_rateable: {
    says: "Some of the invoice is not of our catalogue, so it cannot be worked out.",
    mend: "write_off",
  },
  report_line_unknown: {
    says: "Stripe's report lists a balance transaction that was never read.",
    mend: "refetch",
  },
  not_in_report: {
    says: "The balance transaction is in the book, and Stripe's report of that time is without it.",
    mend: "refetch",
  },
  report_differs: {
    says: "Stripe's report says another amount than was read from Stripe before.",
    mend: "refetch",
  },
} as const satisfies Record<string, Cause>;

export type CauseCode = keyof typeof causes;

/** A cause's row. One that an older version wrote and this one does not know is said so. */
export function causeOf(code: string): Cause {
  const known = (causes as Record<string, Cause>)[code];
  return known ?? { says: `The cause is not known here: ${code}.`, mend: "refetch" };
}
