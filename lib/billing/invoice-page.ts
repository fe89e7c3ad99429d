import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import {
  type InvoiceLine,
  type InvoiceSums,
  type InvoiceTerms,
  linesOf,
  sumsOf,
  termsOf,
} from "#lib/billing/invoice-parts";
import {
  type InvoiceCreditNote,
  type InvoiceRefund,
  type InvoiceTry,
  readPayments,
} from "#lib/billing/invoice-payments";
import { rateIdsOf } from "#lib/billing/learn-tax-rates";
import type { Tx } from "#lib/db/client";
import type { StripeInvoice } from "#lib/stripe/objects";

export type InvoicePage = InvoiceSummary &
  InvoiceTerms & {
    lines: InvoiceLine[];
    sums: InvoiceSums;
    /** Every try to take the money, the first first. */
    tries: InvoiceTry[];
    /** A payment that is on its way at a bank, or waits for its payer. */
    underWay: "processing" | "requires_action" | null;
    creditNotes: InvoiceCreditNote[];
    refunds: InvoiceRefund[];
    attemptCount: number;
    nextAttemptAt: Date | null;
    /** Stripe's own page of the invoice, where it has one. */
    hostedUrl: string | null;
    hasPdf: boolean;
  };

/** One invoice with all that hangs on it, as Stripe last told it; null where there is none. */
export async function readInvoicePage(
  tx: Tx,
  where: { id: string; tenantId?: string },
): Promise<InvoicePage | null> {
  const row = await tx.invoice.findFirst({ where });
  if (!row) return null;
  const summary = toInvoice(row);
  const object = row.object as unknown as StripeInvoice;
  const { currency } = summary.total;
  const known = await tx.taxRate.findMany({ where: { id: { in: rateIdsOf(object) } } });
  const rates = new Map(known.map((rate) => [rate.id, rate]));
  return {
    ...summary,
    ...termsOf(object),
    lines: linesOf(object, currency, rates),
    sums: sumsOf(object, currency, rates),
    ...(await readPayments(tx, row.id, currency)),
    attemptCount: object.attempt_count,
    nextAttemptAt: object.next_payment_attempt
      ? new Date(object.next_payment_attempt * 1000)
      : null,
    hostedUrl: object.hosted_invoice_url ?? null,
    hasPdf: Boolean(object.invoice_pdf),
  };
}
