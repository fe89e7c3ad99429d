import { z } from "zod";
import { decideAppeal } from "#lib/connect/decide-appeal";
import { decideInput } from "#lib/connect/hold";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "connect:hold",
  summary: "Answer an appeal",
  description: "Granted, its hold ends with it.",
  answer: z.object({ decision: z.enum(["granted", "upheld"]) }),
  params: z.object({ id: z.string() }),
  body: decideInput,
  run: async (ctx, { params, body }) => {
    await decideAppeal(ctx, { id: params.id, ...body });
    return { decision: body.decision };
  },
});
