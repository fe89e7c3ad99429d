import { z } from "zod";
import { clientSecretAnswer } from "#lib/payments/answers";
import { openPayment } from "#lib/payments/open-payment";
import { route } from "#lib/web/route";

/** Opens the payment for details that are typed at Stripe. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Open a payment in the browser",
  description: "For details that are typed at Stripe, with Stripe.js.",
  answer: clientSecretAnswer,
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  run: (ctx, { params }) => openPayment(ctx, { invoiceId: params.invoice }),
});
