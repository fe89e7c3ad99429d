import type { Context } from "#lib/context";
import { convergeNow } from "#lib/events/converge-now";
import type { InvoiceStanding } from "#lib/stripe/gateway-invoices";

/** Brings an invoice's mirrors up to now, with its payments and what they tried. */
export function convergeInvoice(
  ctx: Context,
  invoiceId: string,
  { payments }: Pick<InvoiceStanding, "payments">,
): Promise<boolean> {
  return convergeNow(ctx, [
    { objectType: "invoice", objectId: invoiceId },
    ...payments.flatMap(({ id, intentId, chargeId }) => [
      { objectType: "invoice_payment", objectId: id },
      { objectType: "payment_intent", objectId: intentId },
      ...(chargeId ? [{ objectType: "charge", objectId: chargeId }] : []),
    ]),
  ]);
}
