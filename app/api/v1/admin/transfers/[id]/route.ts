import { z } from "zod";
import { transferPageAnswer } from "#lib/payouts/answers";
import { getTransfer } from "#lib/payouts/get-transfer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "See a transfer and both its ends",
  answer: transferPageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getTransfer(ctx, { transferId: params.id }),
});
