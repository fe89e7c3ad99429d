import { z } from "zod";
import { ruleAnswer } from "#lib/reconciliation/answers";
import { listRules } from "#lib/reconciliation/list-runs";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "List the rules of reconciliation",
  answer: z.object({ rules: z.array(ruleAnswer) }),
  run: async (ctx) => ({ rules: await listRules(ctx) }),
});
