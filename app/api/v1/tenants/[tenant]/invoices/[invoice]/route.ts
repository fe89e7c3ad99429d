import { z } from "zod";
import { getInvoice } from "#lib/billing/get-invoice";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  run: (ctx, { params }) => getInvoice(ctx, params.invoice),
});
