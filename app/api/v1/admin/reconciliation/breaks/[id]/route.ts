import { z } from "zod";
import { breakPageAnswer } from "#lib/reconciliation/answers";
import { getBreak } from "#lib/reconciliation/list-breaks";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "Get a break with both sides",
  answer: breakPageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getBreak(ctx, params.id),
});
