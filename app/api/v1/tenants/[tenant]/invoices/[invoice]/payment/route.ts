import { z } from "zod";
import { openPayment } from "#lib/payments/open-payment";
import { route } from "#lib/web/route";

/** Opens the payment for details that are typed at Stripe. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  run: (ctx, { params }) => openPayment(ctx, { invoiceId: params.invoice }),
});
