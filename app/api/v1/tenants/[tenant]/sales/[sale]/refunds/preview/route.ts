import { z } from "zod";
import { refundPreviewAnswer } from "#lib/selling/answers";
import { refundPreviewInput } from "#lib/selling/input";
import { previewRefund } from "#lib/selling/preview-refund";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "payments:refund",
  summary: "Preview who bears what of a refund",
  answer: refundPreviewAnswer,
  params: z.object({ tenant: z.string(), sale: z.string() }),
  body: refundPreviewInput,
  idempotencyKey: false,
  run: (ctx, { params: { sale }, body }) => previewRefund(ctx, { saleId: sale, ...body }),
});
