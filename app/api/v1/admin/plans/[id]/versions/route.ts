import { z } from "zod";
import { createDraft } from "#lib/catalog/create-draft";
import { createDraftInput, planId } from "#lib/catalog/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:update",
  summary: "Create a draft of a plan",
  answer: z.object({ versionId: z.string() }),
  params: planId,
  body: createDraftInput,
  status: 201,
  run: (ctx, { params, body }) => createDraft(ctx, { planId: params.id, ...body }),
});
