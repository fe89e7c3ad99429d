import { z } from "zod";
import { moneyActAnswer } from "#lib/payments/act-answers";
import { refundInput } from "#lib/payments/input";
import { refundPayment } from "#lib/payments/refund-payment";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Refund a payment",
  answer: moneyActAnswer,
  params: z.object({ id: z.string() }),
  body: refundInput,
  run: (ctx, { params, body }) => refundPayment(ctx, { invoiceId: params.id, ...body }),
});
