import { z } from "zod";
import { draftProblemAnswer } from "#lib/catalog/answers";
import { deleteDraft } from "#lib/catalog/delete-draft";
import { getVersion } from "#lib/catalog/get-version";
import { draftInput, revisionInput, versionId } from "#lib/catalog/input";
import { saveDraft } from "#lib/catalog/save-draft";
import { versionAnswer } from "#lib/overview/console-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "Get a version",
  answer: versionAnswer,
  params: versionId,
  run: (ctx, { params }) => getVersion(ctx, { versionId: params.id }),
});

export const PUT = route({
  who: "platform",
  permission: "plans:update",
  summary: "Save a draft",
  answer: z.object({ revision: z.int(), problems: z.array(draftProblemAnswer) }),
  params: versionId,
  body: draftInput,
  run: (ctx, { params, body }) => saveDraft(ctx, { versionId: params.id, ...body }),
});

/** `?revision=` is the one that was read. */
export const DELETE = route({
  who: "platform",
  permission: "plans:update",
  summary: "Delete a draft",
  params: versionId,
  query: revisionInput,
  run: (ctx, { params, query }) => deleteDraft(ctx, { versionId: params.id, ...query }),
});
