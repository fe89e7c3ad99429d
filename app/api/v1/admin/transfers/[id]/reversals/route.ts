import { z } from "zod";
import { moveAnswer } from "#lib/payouts/answers";
import { reversalInput } from "#lib/payouts/input";
import { reverseTransfer } from "#lib/payouts/reverse-transfer";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Take a transfer back",
  answer: moveAnswer,
  params: z.object({ id: z.string() }),
  body: reversalInput,
  run: (ctx, { params, body }) => reverseTransfer(ctx, { transferId: params.id, ...body }),
});
