import type { SaleRefund } from "#lib/db/generated/client";
import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { ChargeKind } from "#lib/selling/kind";

/** What is known of a payment's refunds: Stripe's own, and those we asked for. */
export type Given = {
  amountMinor: bigint;
  /** Stripe's, as mirrored. One that failed gave nothing. */
  mirrored: readonly { id: string; amountMinor: bigint; status: string | null }[];
  ours: readonly { stripeRefundId: string | null; amountMinor: bigint; status: string }[];
};

const gaveNothing: ReadonlySet<string | null> = new Set(["failed", "canceled"]);

/**
 * What of a payment can still be given back. What was asked for and is not yet seen at Stripe
 * counts as given, so two who ask at once cannot give the same money twice.
 */
export function leftOf({ amountMinor, mirrored, ours }: Given): bigint {
  const seen = new Set(mirrored.map(({ id }) => id));
  const given = [
    ...mirrored.filter(({ status }) => !gaveNothing.has(status)),
    ...ours.filter(
      ({ status, stripeRefundId: id }) => status !== "failed" && (id === null || !seen.has(id)),
    ),
  ];
  const left = given.reduce((rest, one) => rest - one.amountMinor, amountMinor);
  return left > 0n ? left : 0n;
}

/** A part of a payment: how much of it, and whether nothing is left after. */
export type Part = { minor: bigint; of: bigint; isLast: boolean };

/**
 * The share of a fee that goes back with a part of its payment, rounded down as Stripe does; the
 * last part takes the rest. https://docs.stripe.com/connect/direct-charges#issue-refunds
 */
export function feeShareOf({ due, left }: { due: bigint; left: bigint }, part: Part): bigint {
  if (part.isLast) return left;
  const share = (due * part.minor) / part.of;
  return share < left ? share : left;
}

/** Who bears what of a refund. What it costs is negative. */
export type Bearing = { customer: Money; tenant: Money; platform: Money };
export type Borne = Bearing & {
  /** The platform's fee that goes back to the tenant. */
  feeBack: Money;
  /** What is taken back of a payment that was sent on by a transfer; else nothing. */
  reversed: Money;
};

/**
 * A direct refund leaves the tenant's balance. Of a destination charge Stripe takes back as much of
 * what was passed on. Of one that was sent on less the fee, the tenant gives its share if the fee
 * goes back, and else all of it up to what it was sent: the platform bears the rest.
 */
export function bear(
  sale: { kind: ChargeKind; currency: Currency; sentLeft: bigint; fee: bigint },
  part: Part,
  returnsFee: boolean,
): Borne {
  const of = (minor: bigint) => money(minor, sale.currency);
  const fee = returnsFee ? sale.fee : 0n;
  if (sale.kind !== "separate") {
    return {
      ...{ customer: of(part.minor), tenant: of(fee - part.minor), platform: of(-fee) },
      ...{ feeBack: of(fee), reversed: of(0n) },
    };
  }
  const asked = part.minor - fee;
  const reversed = smaller(sale.sentLeft, asked);
  return {
    ...{ customer: of(part.minor), tenant: of(-reversed), platform: of(reversed - part.minor) },
    ...{ feeBack: of(part.minor - reversed), reversed: of(reversed) },
  };
}

const smaller = (left: bigint, right: bigint) => (left < right ? left : right);

/** A refund as pages and the API show it. */
export type RefundView = {
  id: string;
  saleId: string;
  status: "requested" | "done" | "failed";
  amount: Money;
  returnsFee: boolean;
  reason: string | null;
  note: string;
  requestedAt: Date;
  requestedById: string;
  stripeRefundId: string | null;
  error: string | null;
};

export function toRefund(row: SaleRefund): RefundView {
  const { id, saleId, status, returnsFee, reason, note, requestedAt, requestedById } = row;
  const { stripeRefundId, error } = row;
  const amount = money(row.amountMinor, row.currency as Currency);
  return {
    ...{ id, saleId, status, amount, returnsFee, reason, note, requestedAt, requestedById },
    ...{ stripeRefundId, error },
  };
}
