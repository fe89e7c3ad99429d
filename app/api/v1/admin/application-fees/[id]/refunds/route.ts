import { z } from "zod";
import { moveAnswer } from "#lib/payouts/answers";
import { feeRefundInput } from "#lib/payouts/input";
import { refundFee } from "#lib/payouts/refund-fee";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Give an application fee back",
  answer: moveAnswer,
  params: z.object({ id: z.string() }),
  body: feeRefundInput,
  run: (ctx, { params, body }) => refundFee(ctx, { feeId: params.id, ...body }),
});
