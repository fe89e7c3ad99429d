import { z } from "zod";
import { payInput } from "#lib/payments/input";
import { payInvoice } from "#lib/payments/pay-invoice";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  body: payInput,
  run: (ctx, { params, body }) => payInvoice(ctx, { invoiceId: params.invoice, ...body }),
});
