import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { StripeObjects } from "#lib/stripe/object-types";
import type { StripeInvoice } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type InvoiceLine = {
  id: string;
  description: string;
  quantity: number | null;
  amount: Money;
  periodStart: Date;
  periodEnd: Date;
};
export type InvoicePaymentView = { id: string; status: string; amount: Money; paidAt: Date | null };

export type InvoicePage = InvoiceSummary & {
  lines: InvoiceLine[];
  payments: InvoicePaymentView[];
  attemptCount: number;
  nextAttemptAt: Date | null;
  /** Stripe's own page and PDF of the invoice, where it has them. */
  hostedUrl: string | null;
  pdfUrl: string | null;
};

/** One invoice of the tenant with its lines and payments, as Stripe last told it. */
export async function getInvoice(ctx: TenantContext, id: string): Promise<InvoicePage> {
  requirePermission(ctx, "billing:read");

  const of = { tenantId: ctx.tenantId };
  const [row, payments] = await view(ctx, async (tx) => [
    await tx.invoice.findFirst({ where: { id, ...of } }),
    await tx.stripeInvoicePayment.findMany({
      where: { invoiceId: id, isDeleted: false, ...of },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  ]);
  if (!row) throw new Refusal("not_found", "There is no such invoice in this workspace.");

  const summary = toInvoice(row);
  const object = row.object as unknown as StripeInvoice;
  const { currency } = summary.total;
  return {
    ...summary,
    lines: object.lines.data.map((line) => toLine(line, currency)),
    payments: payments.map((payment) => toPayment(payment.object as unknown as Payment, currency)),
    attemptCount: object.attempt_count,
    nextAttemptAt: fromUnix(object.next_payment_attempt),
    hostedUrl: object.hosted_invoice_url ?? null,
    pdfUrl: object.invoice_pdf ?? null,
  };
}

function toLine(line: StripeInvoice["lines"]["data"][number], currency: Currency): InvoiceLine {
  return {
    id: line.id,
    description: line.description ?? "",
    quantity: line.quantity,
    amount: money(BigInt(line.amount), currency),
    periodStart: new Date(line.period.start * 1000),
    periodEnd: new Date(line.period.end * 1000),
  };
}

type Payment = StripeObjects["invoice_payment"];

function toPayment(payment: Payment, currency: Currency): InvoicePaymentView {
  return {
    id: payment.id,
    status: payment.status,
    amount: money(BigInt(payment.amount_paid ?? payment.amount_requested), currency),
    paidAt: fromUnix(payment.status_transitions.paid_at),
  };
}

function fromUnix(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000);
}
