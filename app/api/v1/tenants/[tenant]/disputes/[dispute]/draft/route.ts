import { z } from "zod";
import { draftInput } from "#lib/disputes/input";
import { saveDraft } from "#lib/disputes/save-draft";
import { route } from "#lib/web/route";
import { instant } from "#lib/wire";

export const PUT = route({
  who: "tenant",
  permission: "disputes:respond",
  summary: "Write the answer to a dispute",
  description: "Kept here until it is handed in. Stripe and the bank hear nothing of a draft.",
  answer: z.object({ editedAt: instant }),
  params: z.object({ tenant: z.string(), dispute: z.string() }),
  body: draftInput,
  run: (ctx, { params, body }) => saveDraft(ctx, { ...body, disputeId: params.dispute }),
});
