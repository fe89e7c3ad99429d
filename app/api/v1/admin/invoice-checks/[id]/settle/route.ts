import { z } from "zod";
import { settleCheck, settlement } from "#lib/rater/settle-check";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "rater:settle",
  summary: "Settle what differs",
  answer: z.object({ status: z.literal("settled") }),
  params: z.object({ id: z.string() }),
  body: settlement,
  run: async (ctx, { params, body }) => {
    await settleCheck(ctx, { invoiceId: params.id, ...body });
    return { status: "settled" as const };
  },
});
