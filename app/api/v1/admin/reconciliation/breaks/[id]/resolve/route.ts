import { z } from "zod";
import { resolutionInput } from "#lib/reconciliation/input";
import { resolveBreak } from "#lib/reconciliation/resolve-break";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "reconciliation:resolve",
  summary: "Decide about a break",
  answer: z.object({ id: z.string().describe("The resolution.") }),
  params: z.object({ id: z.string() }),
  body: resolutionInput,
  run: (ctx, { params, body }) => resolveBreak(ctx, { breakId: params.id, ...body }),
});
