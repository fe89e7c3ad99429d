import { account, type Move } from "#lib/ledger/entry";
import type { EntryKind } from "#lib/ledger-rules/catalogue";
import {
  bookOf,
  type Charge,
  type Claim,
  reverse,
  type Source,
  shift,
} from "#lib/ledger-rules/claim";
import {
  aboutCharge,
  clearing,
  counterOf,
  destinationOf,
  isAccountDebit,
  payerOf,
  subjectOf,
} from "#lib/ledger-rules/parties";
import { type Currency, isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

type Refund = StripeObjects["refund"];

/** A charge that took money. One that is only authorised, or failed, has moved none. */
export function chargeClaims(source: Source<Charge>): Claim[] {
  const { account: of, object: charge } = source;
  const { id, currency, amount_captured: captured } = charge;
  if (charge.status !== "succeeded" || !charge.captured || !isCurrency(currency)) return [];
  const transfer = of === "" ? null : idOf(charge.source_transfer);
  return [
    {
      kind: kindOf(source),
      book: bookOf(of),
      reference: `charge:${id}:succeeded`,
      effectiveAt: instantFrom(charge.created),
      about: aboutCharge(source),
      needs: transfer ? { transfers: [transfer] } : {},
      build: (known) => {
        const counter = counterOf(source, known);
        if (!counter) return null;
        const taken = shift(BigInt(captured), currency, counter, clearing(id));
        const moves = [...taken, ...shareMoves(source, currency, shareOf(charge))];
        const behind = known.transfer(transfer)?.sourceTransaction ?? null;
        const payer = payerOf(known.charge("", behind));
        return { moves, about: { ...aboutCharge(source), ...payer } };
      },
    },
  ];
}

function kindOf({ account: of, tenantId, object: charge }: Source<Charge>): EntryKind {
  if (of !== "") return charge.source_transfer ? "charge.received" : "charge.sold";
  if (destinationOf(charge)) return "charge.passed_on";
  if (isAccountDebit(charge)) return "charge.debited";
  return tenantId && charge.customer ? "charge.settled_invoice" : "charge.sold";
}

/** What of a destination charge the platform keeps, by a fee or by passing on only a part. */
function shareOf(charge: Charge): bigint {
  const part = charge.transfer_data?.amount;
  if (typeof part === "number") return BigInt(charge.amount_captured - part);
  return BigInt(charge.application_fee_amount ?? 0);
}

function shareMoves(
  { account: of, tenantId, object }: Source<Charge>,
  currency: Currency,
  share: bigint,
) {
  const destination = of === "" ? destinationOf(object) : null;
  if (!destination) return [];
  const owed = account("payable", subjectOf(tenantId, destination));
  return shift(share, currency, account("revenue:application_fees"), owed);
}

/** A refund once it has taken money from the balance, and when that came back. */
export function refundClaims({ account: of, tenantId, object: refund }: Source<Refund>): Claim[] {
  const { id, status, currency } = refund;
  const chargeId = idOf(refund.charge);
  if (!isCurrency(currency) || !chargeId) return [];
  const isBack = status === "failed" || status === "canceled";
  const isMade =
    refund.balance_transaction !== null || status === "pending" || status === "succeeded";
  const common = {
    book: bookOf(of),
    effectiveAt: instantFrom(refund.created),
    about: { ...(tenantId && { tenantId }), objectId: id },
    needs: { charges: [{ account: of, id: chargeId }] },
  };
  const build =
    (turn: (moves: Move[]) => Move[]): Claim["build"] =>
    (known) => {
      const charge = known.charge(of, chargeId);
      if (!charge) return null;
      const source = { account: of, tenantId, object: charge };
      const moves = refundMoves(source, refund, currency, counterOf(source, known));
      return moves && { moves: turn(moves), about: { ...aboutCharge(source), objectId: id } };
    };
  const made = { ...common, kind: "refund.made" as const, reference: `refund:${id}:made` };
  const failed = { ...common, kind: "refund.failed" as const, reference: `refund:${id}:failed` };
  const wasMade = refund.balance_transaction !== null;
  return [
    ...(isMade && (!isBack || wasMade) ? [{ ...made, build: build((moves) => moves) }] : []),
    ...(isBack && wasMade ? [{ ...failed, build: build(reverse) }] : []),
  ];
}

/** What is given back of a sale lessens it; what was passed on or owed is so again. */
function refundMoves(
  source: Source<Charge>,
  { id, amount }: Refund,
  currency: Currency,
  counter: ReturnType<typeof counterOf>,
): Move[] | null {
  if (!counter) return null;
  const { object: charge } = source;
  const isSale = counter.code === "revenue:sales" && !charge.source_transfer;
  const to = isSale ? account("contra:refunds") : counter;
  const given = shift(BigInt(amount), currency, clearing(id), to);
  const part = charge.transfer_data?.amount;
  if (source.account !== "" || typeof part !== "number") return given;
  const captured = BigInt(charge.amount_captured);
  const share = BigInt(amount) - (BigInt(part) * BigInt(amount)) / captured;
  return [...given, ...reverse(shareMoves(source, currency, share))];
}
