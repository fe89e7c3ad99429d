import { z } from "zod";
import { traceAnswer } from "#lib/trace/answers";
import { traceId, traceQuery } from "#lib/trace/input";
import { traceFrom } from "#lib/trace/trace-from";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "Trace a payment to the bank and back",
  description:
    "From anything of the workspace that money goes through to all the others. What the key or role may not read is left out.",
  answer: traceAnswer,
  params: z.object({ tenant: z.string(), id: traceId }),
  query: traceQuery,
  run: (ctx, { params, query }) => traceFrom(ctx, { id: params.id, ...query }),
});
