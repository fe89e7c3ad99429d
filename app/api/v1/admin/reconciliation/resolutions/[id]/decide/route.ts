import { z } from "zod";
import { decisionInput } from "#lib/reconciliation/input";
import { decideResolution } from "#lib/reconciliation/resolve-break";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "reconciliation:resolve",
  summary: "Agree to a write-off, or not",
  answer: z.object({ decision: z.enum(["approve", "reject"]) }),
  params: z.object({ id: z.string() }),
  body: decisionInput,
  run: async (ctx, { params, body }) => {
    await decideResolution(ctx, { id: params.id, ...body });
    return body;
  },
});
