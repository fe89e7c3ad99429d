import { z } from "zod";
import { payOutcomeAnswer } from "#lib/payments/answers";
import { settleInput } from "#lib/payments/input";
import { settlePayment } from "#lib/payments/open-payment";
import { route } from "#lib/web/route";

/** After the browser was at Stripe: how the payment stands. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Ask how a payment stands",
  description: "After the browser was at Stripe.",
  answer: payOutcomeAnswer,
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  body: settleInput,
  run: (ctx, { params, body }) => settlePayment(ctx, { invoiceId: params.invoice, ...body }),
});
