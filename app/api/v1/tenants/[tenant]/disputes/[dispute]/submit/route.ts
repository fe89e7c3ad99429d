import { z } from "zod";
import { submitAnswer } from "#lib/disputes/decide-answer";
import { submitInput } from "#lib/disputes/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "disputes:respond",
  summary: "Hand in the answer to a dispute",
  description:
    "Once, and exactly as it was seen: send the preview's digest. The bank decides then.",
  answer: z.object({ status: z.literal("sent") }),
  params: z.object({ tenant: z.string(), dispute: z.string() }),
  body: submitInput,
  run: (ctx, { params, body }) => submitAnswer(ctx, { ...body, disputeId: params.dispute }),
});
