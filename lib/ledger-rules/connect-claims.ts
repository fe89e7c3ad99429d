import { type Account, account } from "#lib/ledger/entry";
import { bookOf, type Claim, type Known, type Source, shift } from "#lib/ledger-rules/claim";
import { clearing, destinationOf, lossIn, payerOf, subjectOf } from "#lib/ledger-rules/parties";
import { isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

type Fee = StripeObjects["application_fee"];
type Transfer = StripeObjects["transfer"];

/**
 * The platform's share of a payment, and what of it was given back. Of a destination charge it was
 * earned with the charge itself, and is only collected here.
 */
export function feeClaims({ account: of, tenantId, object: fee }: Source<Fee>): Claim[] {
  const { id, amount, currency, originating_transaction: origin } = fee;
  if (!isCurrency(currency) || of !== "") return [];
  const earned = account("revenue:application_fees");
  const whose = subjectOf(tenantId, idOf(fee.account));
  const counter = origin ? account("payable", whose) : earned;
  const about = { ...(tenantId && { tenantId }), paymentId: idOf(fee.charge) ?? id };
  const behind = idOf(origin) ?? idOf(fee.charge);
  const charge = { account: origin ? "" : (idOf(fee.account) ?? ""), id: behind ?? "" };
  const needs = behind ? { charges: [charge] } : {};
  const told = (known: Known, objectId: string) => ({
    about: { ...about, ...payerOf(known.charge(charge.account, charge.id)), objectId },
  });
  const collected: Claim = {
    kind: "fee.earned",
    book: bookOf(of),
    reference: `fee:${id}:earned`,
    effectiveAt: instantFrom(fee.created),
    ...{ about: { ...about, objectId: id }, needs },
    build: (known) => ({
      moves: shift(BigInt(amount), currency, counter, clearing(id)),
      ...told(known, id),
    }),
  };
  const returned = (fee.refunds?.data ?? []).map((refund): Claim => {
    const minor = BigInt(refund.amount);
    const unearned = origin ? shift(minor, currency, account("payable", whose), earned) : [];
    return {
      kind: "fee.refunded",
      book: bookOf(of),
      reference: `fee:${id}:refunded:${refund.id}`,
      effectiveAt: instantFrom(refund.created),
      ...{ about: { ...about, objectId: refund.id }, needs },
      build: (known) => ({
        moves: [...shift(minor, currency, clearing(refund.id), counter), ...unearned],
        ...told(known, refund.id),
      }),
    };
  });
  return [collected, ...returned];
}

/** Money passed on to an account, and what of it was taken back. */
export function transferClaims({ account: of, tenantId, object }: Source<Transfer>): Claim[] {
  const { id, amount, currency } = object;
  if (!isCurrency(currency) || of !== "") return [];
  const behind = idOf(object.source_transaction);
  const whose = subjectOf(tenantId, idOf(object.destination));
  const common = {
    book: bookOf(of),
    needs: behind ? { charges: [{ account: of, id: behind }] } : {},
  };
  const about = { ...(tenantId && { tenantId }), ...(behind && { paymentId: behind }) };
  const told = (known: Known, objectId: string) => ({
    ...{ ...about, ...payerOf(known.charge(of, behind)), objectId },
  });
  const made: Claim = {
    ...{ ...common, kind: "transfer.made", reference: `transfer:${id}:made` },
    effectiveAt: instantFrom(object.created),
    about: { ...about, objectId: id },
    build: (known) => {
      const counter = counterOf(behind, whose, known);
      const moves = counter && shift(BigInt(amount), currency, clearing(id), counter);
      return moves && { moves, about: told(known, id) };
    },
  };
  const reversed = object.reversals.data.map(
    (reversal): Claim => ({
      ...{
        ...common,
        kind: "transfer.reversed",
        reference: `transfer:${id}:reversed:${reversal.id}`,
      },
      effectiveAt: instantFrom(reversal.created),
      about: { ...about, objectId: reversal.id },
      build: (known) => {
        const counter = lossIn(reversal.metadata) ?? counterOf(behind, whose, known);
        const minor = BigInt(reversal.amount);
        const moves = counter && shift(minor, currency, counter, clearing(reversal.id));
        return moves && { moves, about: told(known, reversal.id) };
      },
    }),
  );
  return [made, ...reversed];
}

/** A destination charge owes its money to the account; any other transfer is a cost of its own. */
function counterOf(behind: string | null, whose: string, known: Known): Account | null {
  if (!behind) return account("expense:transfers");
  const charge = known.charge("", behind);
  if (!charge) return null;
  return destinationOf(charge) ? account("payable", whose) : account("expense:transfers");
}
