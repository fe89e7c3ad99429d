import { z } from "zod";
import { settlePayment } from "#lib/payments/open-payment";
import { route } from "#lib/web/route";

/** After the browser was at Stripe: how the payment stands. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  run: (ctx, { params }) => settlePayment(ctx, { invoiceId: params.invoice }),
});
