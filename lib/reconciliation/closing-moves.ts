import type { AccountCode } from "#lib/ledger/chart";
import { account, type Move } from "#lib/ledger/entry";
import { isCurrency } from "#lib/money/currency";
import type { CheckName } from "#lib/reconciliation/checks";

/** A break's figures, as far as an entry that closes it needs them. */
export type Closable = {
  check: CheckName;
  reference: string;
  currency: string | null;
  differenceMinor: bigint;
  cause: string;
};

/** Which account a check is about, and for whom it is kept there. */
const places: { readonly [Name in CheckName]?: (found: Closable) => [AccountCode, string] } = {
  clearing: ({ cause, reference }) => [
    cause === "no_arrival" ? "bank:in_transit" : "stripe:clearing",
    reference,
  ],
  suspense: ({ reference }) => ["suspense", reference],
  balance: () => ["stripe:balance", ""],
  receivable: ({ reference }) => ["receivable", subjectOf(reference)],
  credit: ({ reference }) => ["customer_credit", subjectOf(reference)],
  payable: ({ reference }) => ["payable", subjectOf(reference)],
};

/**
 * The moves that give a break's difference up: what is missing comes out of `expense:write_offs`,
 * what is too much goes there. None where the book itself is as it should be.
 */
export function closingMoves(found: Closable): Move[] {
  const place = places[found.check];
  const { currency, differenceMinor } = found;
  if (!place || currency === null || !isCurrency(currency) || differenceMinor === 0n) return [];
  const at = account(...place(found));
  const lost = account("expense:write_offs");
  const minor = differenceMinor < 0n ? -differenceMinor : differenceMinor;
  // Stripe's less ours: above zero, our account has to grow.
  return differenceMinor > 0n
    ? [{ from: lost, to: at, minor, currency }]
    : [{ from: at, to: lost, minor, currency }];
}

function subjectOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf(":"));
}
