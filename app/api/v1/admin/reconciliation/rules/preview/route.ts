import { previewAnswer } from "#lib/reconciliation/answers";
import { previewInput } from "#lib/reconciliation/input";
import { previewRule } from "#lib/reconciliation/preview-rule";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "Ask what a rule would have decided",
  description: "Of the breaks of the last ninety days. Nothing is changed by asking.",
  answer: previewAnswer,
  body: previewInput,
  idempotencyKey: false,
  run: (ctx, { body }) => previewRule(ctx, body),
});
