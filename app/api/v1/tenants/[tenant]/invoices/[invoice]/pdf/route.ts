import { z } from "zod";
import { openInvoicePdf } from "#lib/billing/invoice-pdf";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Get the PDF of an invoice",
  answersWith: "application/pdf",
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  run: async (ctx, { params }) => {
    const { name, bytes } = await openInvoicePdf(ctx, params.invoice);
    return new Response(bytes, {
      headers: {
        "content-type": "application/pdf",
        "content-disposition": `inline; filename="${name.replaceAll(/[^\w.-]/g, "_")}"`,
        "cache-control": "private, no-store",
      },
    });
  },
});
