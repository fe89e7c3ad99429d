import type { Evidence, Finding } from "#lib/reconciliation/break";
import type { CauseCode } from "#lib/reconciliation/causes";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * How long a reference may be open once it was expected, by the beginning of its id. Stripe settles
 * most at once; a charge may be confirmed before its balance transaction is made.
 */
const graces: Readonly<Record<string, number>> = {
  ch: 2 * dayMs,
  py: 2 * dayMs,
  re: 2 * dayMs,
  pyr: 2 * dayMs,
  du: 2 * dayMs,
  dp: 2 * dayMs,
  tr: dayMs,
  trr: dayMs,
  fee: dayMs,
  fr: dayMs,
  po: dayMs,
  tu: 7 * dayMs,
};

/** How long what Stripe has settled may wait for the event that tells what it was. */
const untoldMs = 15 * minuteMs;

export type OpenReference = {
  reference: string;
  currency: string;
  minor: bigint;
  since: Date;
  /** What the sides posted, each entry by itself. */
  sides: readonly OpenSide[];
  /** Whether a fact about the object is known, though its entry is not in the book. */
  isKnown: boolean;
};
export type OpenSide = { reference: string; kind: string; minor: bigint; currency: string };

/** Why a clearing reference is not at zero, or null where it may still be open. */
export function judgeClearing(book: string, open: OpenReference, now: Date): Finding | null {
  const settled = open.sides.filter(isSettled);
  const expected = open.sides.filter((side) => !isSettled(side));
  const age = now.getTime() - open.since.getTime();
  const find = (kind: Finding["kind"], cause: CauseCode): Finding => ({
    ...{ book, check: "clearing", kind, cause, reference: open.reference, since: open.since },
    currency: open.currency,
    stripeMinor: -sumOf(settled, open.currency),
    ledgerMinor: sumOf(expected, open.currency),
    evidence: {
      stripe: null,
      mirror: shown(settled, open.currency, -1n),
      entry: shown(expected, open.currency, 1n),
    },
  });
  if (settled.length === 0)
    return age > graceOf(open.reference) ? find("late", "not_settled") : null;
  if (age <= untoldMs) return null;
  if (expected.length === 0) {
    return find("missing_here", open.isKnown ? "entry_gone" : "webhook_never_came");
  }
  if (new Set(open.sides.map(({ currency }) => currency)).size > 1) {
    return find("currency", "other_currency");
  }
  return isTwice(settled) || isTwice(expected)
    ? find("duplicate", "posted_twice")
    : find("amount", "settled_otherwise");
}

/** An id's beginning says what it is of; ours add a word to it: `du_1/won`. */
export function prefixOf(reference: string): string {
  return reference.split("_")[0] ?? "";
}

function graceOf(reference: string): number {
  return graces[prefixOf(reference)] ?? 2 * dayMs;
}

function isSettled({ kind }: OpenSide): boolean {
  return kind.startsWith("settled.");
}

function isTwice(sides: readonly OpenSide[]): boolean {
  const sums = sides.map(({ minor, currency }) => `${minor} ${currency}`);
  return new Set(sums).size < sums.length;
}

function sumOf(sides: readonly OpenSide[], currency: string): bigint {
  return sides.reduce((sum, side) => (side.currency === currency ? sum + side.minor : sum), 0n);
}

/** What a side comes to. It is settled by what is opposite, so one of them is turned about. */
function shown(sides: readonly OpenSide[], asked: string, sign: 1n | -1n): Evidence["entry"] {
  if (sides.length === 0) return null;
  const currency = sides.some((side) => side.currency === asked) ? asked : sides[0]!.currency;
  return {
    ...{ currency, minor: (sign * sumOf(sides, currency)).toString() },
    references: sides.map(({ reference }) => reference),
    kinds: [...new Set(sides.map(({ kind }) => kind))],
  };
}
