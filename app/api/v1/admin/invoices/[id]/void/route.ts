import { z } from "zod";
import { voidInvoice } from "#lib/payments/end-invoice";
import { endInvoiceInput } from "#lib/payments/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Void an invoice",
  params: z.object({ id: z.string() }),
  body: endInvoiceInput,
  run: (ctx, { params, body }) => voidInvoice(ctx, { invoiceId: params.id, ...body }),
});
