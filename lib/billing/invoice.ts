import { invariant } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";

export type InvoiceStatus = "draft" | "open" | "paid" | "void" | "uncollectible";

/** An invoice as lists show it. */
export type InvoiceSummary = {
  id: string;
  number: string | null;
  status: InvoiceStatus;
  total: Money;
  amountDue: Money;
  amountPaid: Money;
  createdAt: Date;
  dueAt: Date | null;
  paidAt: Date | null;
  subscriptionId: string | null;
};

export type InvoiceRow = {
  id: string;
  number: string | null;
  status: string;
  currency: string;
  totalMinor: bigint;
  amountDueMinor: bigint;
  amountPaidMinor: bigint;
  createdAt: Date;
  dueAt: Date | null;
  paidAt: Date | null;
  subscriptionId: string | null;
};

export function toInvoice(row: InvoiceRow): InvoiceSummary {
  const { id, number, createdAt, dueAt, paidAt, subscriptionId, currency } = row;
  invariant(isCurrency(currency), `invoice ${id} is in ${currency}, which we do not price in`);
  return {
    id,
    number,
    status: row.status as InvoiceStatus,
    total: money(row.totalMinor, currency),
    amountDue: money(row.amountDueMinor, currency),
    amountPaid: money(row.amountPaidMinor, currency),
    createdAt,
    dueAt,
    paidAt,
    subscriptionId,
  };
}
