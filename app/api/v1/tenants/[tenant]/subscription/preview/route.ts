import { z } from "zod";
import { changeInput } from "#lib/billing/change-input";
import { changePreviewAnswer } from "#lib/billing/preview-answers";
import { previewChange } from "#lib/billing/preview-change";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Preview a change of the plan",
  description:
    "What a change bills now and next, line by line, as Stripe draws it up. Nothing is changed.",
  answer: changePreviewAnswer,
  params: z.object({ tenant: z.string() }),
  body: changeInput,
  run: (ctx, { body }) => previewChange(ctx, body),
});
