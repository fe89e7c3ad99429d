import type { BreakKind, Evidence, Finding } from "#lib/reconciliation/break";
import type { CauseCode } from "#lib/reconciliation/causes";

/** What the mirror says of a balance transaction. */
export type MirroredTransaction = {
  currency: string;
  netMinor: bigint;
  feeMinor: bigint;
  type: string;
  createdAt: Date;
  /** The other half of what its twin in another balance says: it has no entry of its own. */
  isTwin: boolean;
};

/** What the entries of one, with those that correct it, come to in one currency. */
export type PostedSum = {
  currency: string;
  /** Into `stripe:balance`, less what left it. */
  netMinor: bigint;
  /** Into expenses, and into suspense where a fee is not explained. */
  expenseMinor: bigint;
  suspenseMinor: bigint;
};

/** One balance transaction as both sides have it, by its id. */
export type Pair = {
  reference: string;
  mirror: MirroredTransaction | null;
  posted: readonly PostedSum[];
  /** Its entries' references, the first one first. */
  entries: readonly string[];
  postedAt: Date | null;
  /** Another balance transaction of the same source that was posted with the same sum. */
  twin: string | null;
};

/**
 * Compares one balance transaction with its entries: that they are there, in its currency, and
 * move its net and its fee. Null where they agree.
 */
export function judgeTransaction(book: string, pair: Pair, now: Date): Finding | null {
  const { mirror, posted, entries, reference } = pair;
  if (mirror && entries.length > 0) return judgeBoth(book, pair, mirror);
  if (mirror) {
    const isNothing = mirror.netMinor === 0n && mirror.feeMinor === 0n;
    if (isNothing || mirror.isTwin) return null;
    const side = { currency: mirror.currency, stripeMinor: mirror.netMinor, ledgerMinor: null };
    return finding(book, pair, "missing_here", "not_posted", side, mirror.createdAt);
  }
  const [sum] = posted.filter(({ netMinor }) => netMinor !== 0n);
  if (!sum) return null;
  const side = { currency: sum.currency, stripeMinor: null, ledgerMinor: sum.netMinor };
  const since = pair.postedAt ?? now;
  if (pair.twin) return finding(book, pair, "duplicate", "posted_twice", side, since);
  return finding(book, { ...pair, reference }, "missing_there", "mirror_lost", side, since);
}

function judgeBoth(book: string, pair: Pair, mirror: MirroredTransaction): Finding | null {
  const inCurrency = pair.posted.find(({ currency }) => currency === mirror.currency);
  const side = {
    currency: mirror.currency,
    stripeMinor: mirror.netMinor,
    ledgerMinor: inCurrency?.netMinor ?? 0n,
  };
  const elsewhere = pair.posted.find(
    ({ currency, netMinor }) => currency !== mirror.currency && netMinor !== 0n,
  );
  if (elsewhere) {
    const found = { ...side, ledgerMinor: null };
    return finding(book, pair, "currency", "other_currency", found, mirror.createdAt);
  }
  if (side.ledgerMinor !== mirror.netMinor) {
    return finding(book, pair, "amount", "figures_differ", side, mirror.createdAt);
  }
  if (inCurrency && !hasFee(inCurrency, mirror)) {
    const fees = { ...side, stripeMinor: mirror.feeMinor, ledgerMinor: inCurrency.expenseMinor };
    return finding(book, pair, "amount", "figures_differ", fees, mirror.createdAt);
  }
  return null;
}

/** A fee is an expense; what is an expense itself adds its amount; what is unclear is suspense. */
function hasFee(posted: PostedSum, { feeMinor, netMinor }: MirroredTransaction): boolean {
  const { expenseMinor, suspenseMinor } = posted;
  const asExpense = expenseMinor === -netMinor;
  return expenseMinor === feeMinor || asExpense || expenseMinor + suspenseMinor === feeMinor;
}

type Side = Pick<Finding, "currency" | "stripeMinor" | "ledgerMinor">;

function finding(
  book: string,
  pair: Pair,
  kind: BreakKind,
  cause: CauseCode,
  side: Side,
  since: Date,
): Finding {
  const isOurs = kind === "missing_there" || kind === "duplicate";
  const check = isOurs ? "entry.transaction" : "transaction.entry";
  return {
    ...{ book, check, kind, reference: pair.reference, ...side, since, cause },
    evidence: evidenceOf(pair),
  };
}

function evidenceOf({ mirror, posted, entries, twin }: Pair): Evidence {
  return {
    stripe: null,
    mirror: mirror && {
      ...{ currency: mirror.currency, type: mirror.type, net: mirror.netMinor.toString() },
      ...{ fee: mirror.feeMinor.toString(), created: mirror.createdAt.toISOString() },
    },
    entry:
      entries.length === 0
        ? null
        : {
            references: [...entries],
            sums: posted.map((sum) => ({
              ...{ currency: sum.currency, net: sum.netMinor.toString() },
              fee: sum.expenseMinor.toString(),
            })),
            ...(twin && { twin }),
          },
  };
}
