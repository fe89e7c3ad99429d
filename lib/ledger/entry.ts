import type { AccountCode } from "#lib/ledger/chart";
import type { Currency } from "#lib/money/currency";

/** "platform", or the id of a connected account: one book each. */
export type BookKey = string;

export const platformBook: BookKey = "platform";

/**
 * An account of the chart, and whose or which one it is where it is kept by one: clearing by
 * Stripe's reference, receivable by tenant. "" where it is not.
 */
export type Account = { readonly code: AccountCode; readonly subject: string };

/** A positive amount out of one account (credited) into another (debited). */
export type Move = {
  readonly from: Account;
  readonly to: Account;
  readonly minor: bigint;
  readonly currency: Currency;
  /** The plan version it is for, where it is for one. */
  readonly plan?: string;
};

/** What an entry is about, for asking by any of it. */
export type About = {
  readonly tenantId?: string;
  readonly customerId?: string;
  readonly paymentId?: string;
  /** Where the payer's card or bank is, as ISO 3166 says. */
  readonly country?: string;
  readonly method?: string;
  /** Stripe's object, or ours, that it was made from. */
  readonly objectId?: string;
};

export type Entry = {
  readonly book: BookKey;
  /** Unique in its book: the fact's or the balance transaction's, `charge:ch_1:succeeded`. */
  readonly reference: string;
  /** The row of the catalogue that made it: "charge.succeeded". */
  readonly kind: string;
  /** When it was so; when we wrote it stands beside it. */
  readonly effectiveAt: Date;
  readonly about: About;
  /** The reference, in the same book, of the entry that this one corrects. */
  readonly corrects?: string;
  readonly moves: readonly Move[];
};

/** An account that is kept as one, or one part of an account that is kept by subject. */
export function account(code: AccountCode, subject = ""): Account {
  return { code, subject };
}
