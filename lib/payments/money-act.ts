import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { TaxExemption } from "#lib/stripe/gateway-customers";
import type { CreditNoteRequest, RefundRequest } from "#lib/stripe/gateway-invoices";

/** What Stripe is asked for by each kind of act. Kept with the act; every try says the same. */
export type ActRequests = {
  credit_note: CreditNoteRequest;
  refund: RefundRequest;
  void: { invoiceId: string };
  mark_uncollectible: { invoiceId: string };
  adjust_balance: { accountId: string; amount: number; currency: string; description: string };
  tax_exemption: { accountId: string; exemption: TaxExemption };
};
export type ActKind = keyof ActRequests;
export type ActStatus = "requested" | "done" | "failed";

/** What each kind is called where people read of it. */
export const actWords = {
  credit_note: "Credit note",
  refund: "Refund",
  void: "Voided",
  mark_uncollectible: "Marked uncollectible",
  adjust_balance: "Balance changed",
  tax_exemption: "Tax exemption",
} as const satisfies Record<ActKind, string>;

/** What is kept of a request: the words, and how often Stripe itself failed at them. */
export type KeptRequest<Kind extends ActKind = ActKind> = {
  ask: ActRequests[Kind];
  /** Stripe repeats its own failure to a key, so each round has a key of its own. */
  round: number;
};

/** An act as pages show it. */
export type MoneyActView = {
  id: string;
  kind: ActKind;
  status: ActStatus;
  tenantId: string;
  invoiceId: string | null;
  amount: Money | null;
  reason: string;
  requestedAt: Date;
  requestedById: string;
  stripeId: string | null;
  error: string | null;
};

type Row = Omit<MoneyActView, "amount"> & { amountMinor: bigint | null; currency: string | null };

export function toAct(row: Row): MoneyActView {
  const { id, kind, status, tenantId, invoiceId, reason, requestedAt, requestedById } = row;
  const { amountMinor, currency, stripeId, error } = row;
  const isKnown = amountMinor !== null && currency !== null && isCurrency(currency);
  return {
    ...{ id, kind, status, tenantId, invoiceId, reason, requestedAt, requestedById },
    ...{ stripeId, error, amount: isKnown ? money(amountMinor, currency) : null },
  };
}
