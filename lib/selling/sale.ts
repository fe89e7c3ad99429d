import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { ChargeKind } from "#lib/selling/kind";

/** What a payment came to by now, in a word. */
export type SaleState = "succeeded" | "failed" | "refunded" | "part_refunded" | "disputed";

/** A payment as its tenant sees it. */
export type SaleView = {
  id: string;
  state: SaleState;
  kind: ChargeKind;
  createdAt: Date;
  gross: Money;
  /** What the platform keeps of it now. */
  fee: Money;
  /** What Stripe took of the tenant; null while Stripe has not said, nothing where others pay. */
  stripeFee: Money | null;
  refunded: Money;
  /** What stays with the tenant; null while Stripe's fee is not known. */
  net: Money | null;
  /** The payout that brought it to the bank. */
  payoutId: string | null;
  customer: { id: string; email: string; name: string | null } | null;
  link: { id: string; name: string } | null;
  method: string | null;
  country: string | null;
};

/** What the query reads of each. */
export type SaleRow = {
  id: string;
  status: "succeeded" | "failed";
  kind: ChargeKind;
  createdAt: Date;
  currency: string;
  amountMinor: bigint;
  dueMinor: bigint;
  feeBackMinor: bigint;
  stripeFeeMinor: bigint | null;
  refundedMinor: bigint;
  isDisputed: boolean;
  payoutId: string | null;
  buyerId: string | null;
  email: string | null;
  name: string | null;
  linkId: string | null;
  linkName: string | null;
  method: string | null;
  country: string | null;
};

export function toSale(row: SaleRow): SaleView {
  const { id, kind, createdAt, payoutId, method, country } = row;
  const of = (minor: bigint) => money(minor, row.currency as Currency);
  const isPaid = row.status === "succeeded";
  const kept = isPaid ? row.dueMinor - row.feeBackMinor : 0n;
  // Others than a direct charge's are paid for by the platform.
  const stripeFee = kind === "direct" && isPaid ? row.stripeFeeMinor : 0n;
  const rest = isPaid ? row.amountMinor - row.refundedMinor - kept : 0n;
  return {
    ...{ id, kind, createdAt, payoutId, method, country, state: stateOf(row) },
    ...{ gross: of(row.amountMinor), fee: of(kept), refunded: of(row.refundedMinor) },
    stripeFee: stripeFee === null ? null : of(stripeFee),
    net: stripeFee === null ? null : of(rest - stripeFee),
    customer: row.buyerId ? { id: row.buyerId, email: row.email!, name: row.name } : null,
    link: row.linkId ? { id: row.linkId, name: row.linkName ?? row.linkId } : null,
  };
}

function stateOf({ status, isDisputed, refundedMinor, amountMinor }: SaleRow): SaleState {
  if (status === "failed") return "failed";
  if (isDisputed) return "disputed";
  if (refundedMinor === 0n) return "succeeded";
  return refundedMinor >= amountMinor ? "refunded" : "part_refunded";
}
