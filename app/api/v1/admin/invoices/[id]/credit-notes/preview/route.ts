import { z } from "zod";
import { creditPreviewAnswer } from "#lib/payments/act-answers";
import { previewCredit } from "#lib/payments/credit-invoice";
import { creditInput } from "#lib/payments/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "invoices:read",
  summary: "Preview a credit note",
  answer: creditPreviewAnswer,
  params: z.object({ id: z.string() }),
  body: creditInput,
  run: (ctx, { params, body }) => previewCredit(ctx, { invoiceId: params.id, ...body }),
});
