import { z } from "zod";
import { allOf } from "#lib/keyset";
import { refundableAnswer } from "#lib/payments/act-answers";
import { listRefundable } from "#lib/payments/refundable";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "List what can be refunded",
  description: "The payments of an invoice, as Stripe has them this moment.",
  answer: pageOf(refundableAnswer),
  params: z.object({ id: z.string() }),
  run: async (ctx, { params }) => allOf(await listRefundable(ctx, { invoiceId: params.id })),
});
