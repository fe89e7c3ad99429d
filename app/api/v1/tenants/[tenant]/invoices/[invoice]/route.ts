import { z } from "zod";
import { getInvoice } from "#lib/billing/get-invoice";
import { invoicePageAnswer } from "#lib/billing/invoice-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Get an invoice",
  description: "With its lines, sums, payments, credit notes and refunds.",
  answer: invoicePageAnswer,
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  run: (ctx, { params }) => getInvoice(ctx, params.invoice),
});
