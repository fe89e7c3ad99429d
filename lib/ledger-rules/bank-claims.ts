import { account } from "#lib/ledger/entry";
import { bookOf, type Claim, type Source, shift } from "#lib/ledger-rules/claim";
import { clearing } from "#lib/ledger-rules/parties";
import { isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { instantFrom } from "#lib/stripe/objects";

type Payout = StripeObjects["payout"];
/** What a rule reads of a top-up. */
export type Topup = {
  id: string;
  amount: number;
  currency: string;
  status: string;
  created: number;
  balance_transaction: unknown;
};

/** A payout that left, arrived or came back. One below zero comes from the bank. */
export function payoutClaims({ account: of, tenantId, object: payout }: Source<Payout>): Claim[] {
  const { id, currency, status } = payout;
  if (!isCurrency(currency)) return [];
  const minor = BigInt(payout.amount);
  const onItsWay = account("bank:in_transit", id);
  const common = {
    book: bookOf(of),
    about: { ...(tenantId && { tenantId }), objectId: id },
  };
  const paid = `payout:${id}:paid`;
  const claims: Claim[] = [
    {
      ...{ ...common, kind: "payout.created", reference: `payout:${id}:created` },
      effectiveAt: instantFrom(payout.created),
      build: () => ({ moves: shift(minor, currency, clearing(id), onItsWay) }),
    },
  ];
  const arrival = instantFrom(Math.max(payout.arrival_date, payout.created));
  if (status === "paid") {
    claims.push({
      ...{ ...common, kind: "payout.paid", reference: paid, effectiveAt: arrival },
      build: () => ({ moves: shift(minor, currency, onItsWay, account("bank:cash")) }),
    });
  }
  if (status === "failed" || status === "canceled") {
    claims.push({
      ...{ ...common, kind: "payout.returned", reference: `payout:${id}:returned` },
      effectiveAt: arrival,
      needs: { posted: [{ book: common.book, reference: paid }] },
      // Banks may send back what had arrived; what never did is still on its way.
      build: (known) => ({
        moves: known.moves(common.book, paid).flatMap(({ minor: sum, from, to }) => {
          return shift(sum, currency, to, from);
        }),
      }),
    });
  }
  return claims;
}

/** Money brought from the bank, and taken back by it. */
export function topupClaims({ account: of, object: topup }: Source<Topup>): Claim[] {
  const { id, currency, status, amount } = topup;
  if (!isCurrency(currency) || (status !== "succeeded" && status !== "reversed")) return [];
  const common = {
    ...{ book: bookOf(of), effectiveAt: instantFrom(topup.created), about: { objectId: id } },
  };
  const bank = account("bank:cash");
  const came: Claim = {
    ...{ ...common, kind: "topup.succeeded", reference: `topup:${id}:succeeded` },
    build: () => ({ moves: shift(BigInt(amount), currency, bank, clearing(id)) }),
  };
  const went: Claim = {
    ...{ ...common, kind: "topup.reversed", reference: `topup:${id}:reversed` },
    build: () => ({ moves: shift(BigInt(amount), currency, clearing(id), bank) }),
  };
  return status === "reversed" ? [came, went] : [came];
}
