import type { About, Account, BookKey, Move } from "#lib/ledger/entry";
import { platformBook } from "#lib/ledger/entry";
import type { EntryKind } from "#lib/ledger-rules/catalogue";
import type { NewSchedule, Relief, Schedule } from "#lib/ledger-rules/schedule";
import type { Currency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";

/** An object as Stripe has it: in whose books it stands ("": the platform's), and whose it is. */
export type Source<Stripe> = { account: string; tenantId: string | null; object: Stripe };

/** Its mirror's key, so that what has to wait can be looked at again. */
export type Origin = { type: string; account: string; id: string };

export const nameOf = ({ type, account, id }: Origin): string => `${type} ${account} ${id}`;

/** What a rule has to know beside the object itself, by key. */
export type Needs = {
  charges?: readonly { account: string; id: string }[];
  transfers?: readonly string[];
  prices?: readonly string[];
  /** Invoices whose schedules of revenue, or whose payments, are asked for. */
  invoices?: readonly string[];
  /** Invoices of which all that they have come to is asked for. */
  billed?: readonly string[];
  posted?: readonly { book: BookKey; reference: string }[];
};

export type Charge = StripeObjects["charge"];
/** What of a transfer a rule asks: whether a charge of the platform's is behind it. */
export type KnownTransfer = { sourceTransaction: string | null };
/** What a price of the catalogue is billed for. */
export type KnownPrice = { kind: "flat" | "seat" | "usage"; plan: string };

/** What is known of what was needed; undefined is what no mirror has yet. */
export type Known = {
  /** Not waited for long yet: what is missing may still come. */
  isFresh: boolean;
  charge(account: string, id: string | null): Charge | undefined;
  transfer(id: string | null): KnownTransfer | undefined;
  price(id: string | null): KnownPrice | undefined;
  schedules(invoiceId: string): readonly Schedule[];
  /** What an invoice has come to, its credit notes and what was earned of it among it. */
  billed(invoiceId: string): readonly Move[];
  /** What payments through Stripe have brought of an invoice, in minor units. */
  paidOf(invoiceId: string): bigint;
  /** The moves of an entry that is posted, with those that correct it. */
  moves(book: BookKey, reference: string): readonly Move[];
};

/** What an entry is to hold, and what follows for the days to come. */
export type Built = {
  moves: readonly Move[];
  about?: About;
  schedules?: readonly NewSchedule[];
  relief?: readonly Relief[];
};

/**
 * One thing that an object says has happened, and the entry it calls for. `build` is pure; null
 * means that something it needs is not known yet, and it is asked again.
 */
export type Claim = {
  kind: EntryKind;
  book: BookKey;
  reference: string;
  effectiveAt: Date;
  about: About;
  needs?: Needs;
  build(known: Known): Built | null;
};

export function bookOf(account: string): BookKey {
  return account || platformBook;
}

/** One move of a signed amount: what is negative goes the other way, nothing is no move. */
export function shift(
  minor: bigint,
  currency: Currency,
  from: Account,
  to: Account,
  plan?: string,
): Move[] {
  if (minor === 0n) return [];
  const way = minor > 0n ? { from, to } : { from: to, to: from };
  return [{ ...way, minor: minor > 0n ? minor : -minor, currency, ...(plan && { plan }) }];
}

/** Moves between the same accounts as one of what they come to; where that is nothing, none. */
export function netOf(moves: readonly Move[]): Move[] {
  const sums = new Map<string, { way: Move; minor: bigint }>();
  for (const way of moves) {
    const ends = [way.from, way.to].map(({ code, subject }) => `${code} ${subject}`);
    const key = [...ends.toSorted(), way.currency, way.plan].join("|");
    const sum = sums.get(key) ?? { way, minor: 0n };
    const isSame = sum.way.from.code === way.from.code && sum.way.from.subject === way.from.subject;
    sums.set(key, { ...sum, minor: sum.minor + (isSame ? way.minor : -way.minor) });
  }
  return [...sums.values()].flatMap(({ way: { from, to, currency, plan }, minor }) =>
    shift(minor, currency, from, to, plan),
  );
}

/** The same moves the other way. */
export function reverse(moves: readonly Move[]): Move[] {
  return moves.map((move) => ({ ...move, from: move.to, to: move.from }));
}
