import { z } from "zod";
import { receiptInput } from "#lib/selling/input";
import { sendReceipt } from "#lib/selling/send-receipt";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "payments:sell",
  summary: "Have Stripe send a payment's receipt",
  params: z.object({ tenant: z.string(), sale: z.string() }),
  body: receiptInput,
  run: (ctx, { params: { sale }, body }) => sendReceipt(ctx, { saleId: sale, ...body }),
});
