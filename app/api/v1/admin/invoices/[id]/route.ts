import { z } from "zod";
import { tenantInvoicePageAnswer } from "#lib/payments/act-answers";
import { getTenantInvoice } from "#lib/payments/get-tenant-invoice";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "Get an invoice of any tenant",
  answer: tenantInvoicePageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getTenantInvoice(ctx, params.id),
});
