import { z } from "zod";
import { acceptDispute } from "#lib/disputes/decide-answer";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Accept a dispute the platform bears",
  description: "It is lost then, with its fee; an inquiry is only closed. This is final.",
  answer: z.object({ status: z.literal("sent") }),
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => acceptDispute(ctx, { disputeId: params.id }),
});
