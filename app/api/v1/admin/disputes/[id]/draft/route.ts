import { z } from "zod";
import { draftInput } from "#lib/disputes/input";
import { saveDraft } from "#lib/disputes/save-draft";
import { route } from "#lib/web/route";
import { instant } from "#lib/wire";

export const PUT = route({
  who: "platform",
  permission: "money:update",
  summary: "Write the answer to a dispute the platform bears",
  description: "Kept here until it is handed in. Stripe and the bank hear nothing of a draft.",
  answer: z.object({ editedAt: instant }),
  params: z.object({ id: z.string() }),
  body: draftInput,
  run: (ctx, { params, body }) => saveDraft(ctx, { ...body, disputeId: params.id }),
});
