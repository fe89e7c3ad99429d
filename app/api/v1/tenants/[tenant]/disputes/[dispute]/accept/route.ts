import { z } from "zod";
import { acceptDispute } from "#lib/disputes/decide-answer";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "disputes:respond",
  summary: "Accept a dispute",
  description: "It is lost then, with its fee; an inquiry is only closed. This is final.",
  answer: z.object({ status: z.literal("sent") }),
  params: z.object({ tenant: z.string(), dispute: z.string() }),
  run: (ctx, { params }) => acceptDispute(ctx, { disputeId: params.dispute }),
});
