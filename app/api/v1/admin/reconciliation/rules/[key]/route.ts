import { z } from "zod";
import { ruleInput, ruleKey } from "#lib/reconciliation/input";
import { saveRule } from "#lib/reconciliation/save-rule";
import { route } from "#lib/web/route";

export const PUT = route({
  who: "platform",
  permission: "reconciliation:resolve",
  summary: "Write the next version of a rule",
  answer: z.object({ version: z.int() }),
  params: z.object({ key: ruleKey }),
  body: ruleInput,
  run: (ctx, { params, body }) => saveRule(ctx, { key: params.key, ...body }),
});
