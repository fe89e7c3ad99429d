import { type Account, account, type Entry, type Move } from "#lib/ledger/entry";
import { balanceTypes, feeAccountOf, isBalanceType } from "#lib/ledger-rules/balance-types";
import { bookOf, type Source, shift } from "#lib/ledger-rules/claim";
import { wonReference } from "#lib/ledger-rules/dispute-claims";
import { clearing } from "#lib/ledger-rules/parties";
import { isOfPayment, type Payer } from "#lib/ledger-rules/read-payers";
import { type Currency, isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

type Row = StripeObjects["balance_transaction"];

/** A balance transaction, and who paid what it settles, where that is known. */
export type Settled = Source<Row> & { payer?: Payer };

/** What a row was before it was exchanged, where its source says so. */
type Presented = { minor: bigint; currency: Currency };

/**
 * The entry of a balance transaction: what it moves to or from `stripe:balance`, and its fees. None
 * where it moves nothing, or is the other half of what its twin in another balance says. Its
 * `source` is expanded where the amount was exchanged, since only that says what was paid.
 */
export function settledEntries({ account: of, tenantId, object: row, payer }: Settled): Entry[] {
  const { currency } = row;
  if (!isCurrency(currency) || isMirrored(row)) return [];
  const moves = settledMoves(row, currency, of);
  if (moves.length === 0) return [];
  const sourceId = idOf(row.source);
  return [
    {
      book: bookOf(of),
      reference: settledReference(row.id),
      kind: isBalanceType(row.type) ? `settled.${row.type}` : "settled.unknown",
      effectiveAt: instantFrom(row.created),
      about: {
        ...payer,
        ...(tenantId && { tenantId }),
        ...(sourceId && { paymentId: sourceId }),
        // Nobody paid it, and nobody need ask: a payout, a transfer, a top-up.
        ...(sourceId && !isOfPayment(sourceId) && { method: "" }),
        objectId: row.id,
      },
      moves,
    },
  ];
}

export const settledReference = (id: string): string => `bt:${id}`;

/** A hold is a row in the payments balance, and one the other way in the balance it is held in. */
function isMirrored({ balance_type: balance, type }: Row): boolean {
  return balance === "risk_reserved" && /reserve/.test(type);
}

function settledMoves(row: Row, currency: Currency, of: string): Move[] {
  const amount = BigInt(row.amount);
  const fees = feesOf(row);
  const fee = fees.reduce((sum, { minor }) => sum + minor, 0n);
  const balance = account("stripe:balance");
  const presented = presentedOf(row, currency);
  const ordinary = counterOf(row, of);
  const isKept = ordinary.code === "stripe:clearing" || ordinary.code === "bank:in_transit";
  // Exchanged, and nobody says from what: no clearing could be met by it.
  const isLost = isKept && row.exchange_rate !== null && !presented;
  const counter = isLost ? account("suspense", row.id) : ordinary;
  const isFx = isKept && presented !== null && presented.currency !== currency;
  const outer = isFx ? account("fx") : counter;
  const exchange = isFx ? shift(presented.minor, presented.currency, counter, outer) : [];
  // Fees of one sign with the amount come out of it; any other is moved by itself.
  const isWithin = amount > 0n === fee > 0n && magnitude(fee) <= magnitude(amount);
  const [net, feesFrom] = isWithin ? [amount - fee, outer] : [amount, balance];
  return [
    ...exchange,
    ...shift(net, currency, outer, balance),
    ...fees.flatMap(({ minor, to }) => shift(minor, currency, feesFrom, to)),
  ];
}

const magnitude = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

function feesOf(row: Row): { minor: bigint; to: Account }[] {
  const named = row.fee_details.map(({ amount, type }) => ({
    minor: BigInt(amount),
    to: account(type === "stripe_fee" ? stripeFeeOf(row) : feeAccountOf(type)),
  }));
  const rest = BigInt(row.fee) - named.reduce((sum, { minor }) => sum + minor, 0n);
  return rest === 0n ? named : [...named, { minor: rest, to: account("suspense", row.id) }];
}

function stripeFeeOf({ type, reporting_category: category }: Row) {
  if (category === "dispute" || category === "dispute_reversal") return "expense:disputes";
  return type === "payout" ? "expense:stripe_fees" : "expense:processing";
}

function counterOf(row: Row, of: string): Account {
  const sourceId = idOf(row.source) ?? "";
  const counter = isBalanceType(row.type) ? balanceTypes[row.type].counter : "suspense";
  if (counter === "clearing") return sourceId ? clearing(sourceId) : account("suspense", row.id);
  if (counter === "in_transit") return account("bank:in_transit", sourceId);
  if (counter === "adjustment") return adjustmentOf(row, sourceId, of);
  if (counter === "fee") return account(soleFeeOf(sourceId));
  return account(counter, counter === "suspense" ? row.id : "");
}

/** A fee is charged for a payment, for a dispute, or for something that is neither. */
function soleFeeOf(sourceId: string) {
  if (/^(ch|py)_/.test(sourceId)) return "expense:processing";
  return /^(du|dp)_/.test(sourceId) ? "expense:disputes" : "expense:stripe_fees";
}

/**
 * What Stripe calls an adjustment is known by its category, or by its source: a connected account
 * is told of the platform's fee that came back, and of what the platform debited.
 */
function adjustmentOf(row: Row, sourceId: string, of: string): Account {
  const { reporting_category: category } = row;
  const isDispute = /^(du|dp)_/.test(sourceId);
  if (isDispute && category === "dispute_reversal") return clearing(wonReference(sourceId));
  if (isDispute) return clearing(row.amount > 0 ? wonReference(sourceId) : sourceId);
  if (of !== "" && /^(fee|fr|ch|py)_/.test(sourceId)) return account("expense:platform_fees");
  return account("suspense", row.id);
}

/** What was paid, in its own currency, with the sign of the row; null where nobody says. */
function presentedOf({ source, amount }: Row, currency: Currency): Presented | null {
  if (source === null || typeof source === "string") return null;
  const paid = source as { amount?: number; amount_captured?: number; currency?: string };
  const minor = paid.amount_captured ?? paid.amount;
  if (minor === undefined || !isCurrency(paid.currency ?? "")) return null;
  const sign = amount < 0 ? -1n : 1n;
  return {
    minor: sign * magnitude(BigInt(minor)),
    currency: (paid.currency ?? currency) as Currency,
  };
}
