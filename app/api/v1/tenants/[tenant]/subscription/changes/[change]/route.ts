import { z } from "zod";
import { getChange } from "#lib/billing/list-changes";
import { changeAnswer } from "#lib/billing/plan-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Read a change of the plan",
  answer: changeAnswer,
  params: z.object({ tenant: z.string(), change: z.string().max(100) }),
  run: (ctx, { params }) => getChange(ctx, params.change),
});
