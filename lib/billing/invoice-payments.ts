import { type DeclineKind, declineKindOf } from "#lib/billing/invoice-decline";
import type { Tx } from "#lib/db/client";
import { type Currency, isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { StripeObjects } from "#lib/stripe/object-types";

/** One try to take an invoice's money. */
export type InvoiceTry = {
  id: string;
  intentId: string | null;
  status: "succeeded" | "pending" | "failed";
  amount: Money;
  refunded: Money;
  at: Date;
  method: MethodWords | null;
  decline: DeclineKind | null;
  receiptUrl: string | null;
  isDisputed: boolean;
};
/** A payment method as people know it: "visa", "4242". */
export type MethodWords = { type: string; brand: string | null; last4: string | null };

export type InvoiceCreditNote = {
  id: string;
  number: string;
  total: Money;
  isVoid: boolean;
  reason: string | null;
  memo: string | null;
  /** Where it went: off what was due, back to the card, to the balance, outside Stripe. */
  takenOff: Money;
  refunded: Money;
  toBalance: Money;
  at: Date;
};
export type InvoiceRefund = {
  id: string;
  amount: Money;
  status: string;
  reason: string | null;
  at: Date;
};

type Payments = {
  tries: InvoiceTry[];
  underWay: "processing" | "requires_action" | null;
  creditNotes: InvoiceCreditNote[];
  refunds: InvoiceRefund[];
};

/** What was tried, taken, credited and given back for an invoice, from the mirrors. */
export async function readPayments(
  tx: Tx,
  invoiceId: string,
  currency: Currency,
): Promise<Payments> {
  const payments = await tx.stripeInvoicePayment.findMany({
    where: { account: "", invoiceId, isDeleted: false },
    select: { paymentIntentId: true },
  });
  const intentIds = payments.flatMap(({ paymentIntentId: id }) => id ?? []);
  const ofIntents = { account: "", paymentIntentId: { in: intentIds }, isDeleted: false };
  const inOrder = { orderBy: [{ createdAt: "asc" as const }, { id: "asc" as const }] };
  const charges = await tx.stripeCharge.findMany({ where: ofIntents, ...inOrder });
  const refunds = await tx.stripeRefund.findMany({
    where: { account: "", chargeId: { in: charges.map(({ id }) => id) }, isDeleted: false },
    ...inOrder,
  });
  const intents = await tx.stripePaymentIntent.findMany({
    where: { account: "", id: { in: intentIds } },
    select: { status: true },
  });
  const notes = await tx.stripeCreditNote.findMany({
    where: { account: "", invoiceId, isDeleted: false },
    ...inOrder,
  });
  const of = { currency };
  return {
    tries: charges.map(({ object }) => toTry(object as unknown as Charge, of)).toSorted(inTime),
    underWay: underWayOf(intents.map(({ status }) => status)),
    creditNotes: notes.map(({ object }) => toNote(object as unknown as Note, of)),
    refunds: refunds.map(({ object }) => toRefund(object as unknown as Refund, of)),
  };
}

type Charge = StripeObjects["charge"];
type Note = StripeObjects["credit_note"];
type Refund = StripeObjects["refund"];
type In = { currency: Currency };

/** Of one second the one that failed came first: nothing is tried after it was paid. */
function inTime(left: InvoiceTry, right: InvoiceTry): number {
  const apart = left.at.getTime() - right.at.getTime();
  return apart || Number(left.status !== "failed") - Number(right.status !== "failed");
}

function underWayOf(statuses: readonly (string | null)[]): Payments["underWay"] {
  if (statuses.includes("processing")) return "processing";
  return statuses.includes("requires_action") ? "requires_action" : null;
}

function toTry(charge: Charge, { currency }: In): InvoiceTry {
  // A payment may be in another currency than its invoice, where Stripe converts it.
  const own = isCurrency(charge.currency) ? charge.currency : currency;
  const hasFailed = charge.status === "failed";
  return {
    id: charge.id,
    intentId: typeof charge.payment_intent === "string" ? charge.payment_intent : null,
    status: charge.status as InvoiceTry["status"],
    amount: money(BigInt(charge.amount), own),
    refunded: money(BigInt(charge.amount_refunded), own),
    at: new Date(charge.created * 1000),
    method: methodOf(charge),
    decline: hasFailed ? declineKindOf(reasonOf(charge), charge.failure_code) : null,
    receiptUrl: charge.receipt_url,
    isDisputed: charge.disputed,
  };
}

/** The bank's own reason; some answers carry it in the outcome alone. */
function reasonOf({ outcome }: Charge): string | null {
  return outcome?.reason ?? null;
}

function methodOf({ payment_method_details: details }: Charge): MethodWords | null {
  if (!details) return null;
  const inner = (details as unknown as Record<string, unknown>)[details.type];
  const { brand, bank_name: bank, last4 } = (inner ?? {}) as Record<string, string | null>;
  return { type: details.type, brand: brand ?? bank ?? null, last4: last4 ?? null };
}

function toNote(note: Note, { currency }: In): InvoiceCreditNote {
  const of = (minor: number) => money(BigInt(minor), currency);
  const refunded = note.refunds.reduce((sum, { amount_refunded: part }) => sum + part, 0);
  const outside = note.out_of_band_amount ?? 0;
  return {
    id: note.id,
    number: note.number,
    total: of(note.total),
    isVoid: note.status === "void",
    reason: note.reason,
    memo: note.memo,
    takenOff: of(note.pre_payment_amount),
    refunded: of(refunded),
    toBalance: of(note.post_payment_amount - refunded - outside),
    at: new Date(note.created * 1000),
  };
}

function toRefund(refund: Refund, { currency }: In): InvoiceRefund {
  const own = isCurrency(refund.currency) ? refund.currency : currency;
  return {
    id: refund.id,
    amount: money(BigInt(refund.amount), own),
    status: refund.status ?? "pending",
    reason: refund.reason,
    at: new Date(refund.created * 1000),
  };
}
