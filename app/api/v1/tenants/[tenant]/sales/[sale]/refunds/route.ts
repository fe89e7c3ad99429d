import { z } from "zod";
import { refundAnswer } from "#lib/selling/answers";
import { refundInput } from "#lib/selling/input";
import { refundSale } from "#lib/selling/refund-sale";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "payments:refund",
  summary: "Give a payment back, whole or in part",
  description: "Never more than is left of it, however many ask at once.",
  answer: refundAnswer,
  params: z.object({ tenant: z.string(), sale: z.string() }),
  body: refundInput,
  run: (ctx, { params: { sale }, body }) => refundSale(ctx, { saleId: sale, ...body }),
});
