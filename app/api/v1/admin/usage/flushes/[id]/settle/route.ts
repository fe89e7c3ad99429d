import { z } from "zod";
import { settleStuck, settleStuckInput } from "#lib/usage/settle-stuck";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "rater:settle",
  summary: "Settle a meter event that Stripe refused or may have lost",
  answer: z.object({ status: z.literal("settled") }),
  params: z.object({ id: z.string().max(100) }),
  body: settleStuckInput,
  run: async (ctx, { params, body }) => {
    await settleStuck(ctx, { ...params, ...body });
    return { status: "settled" as const };
  },
});
