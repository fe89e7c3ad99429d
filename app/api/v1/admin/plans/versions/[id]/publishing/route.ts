import { z } from "zod";
import { publishingAnswer, versionStatusAnswer } from "#lib/catalog/answers";
import { getPublishing } from "#lib/catalog/get-publishing";
import { versionId } from "#lib/catalog/input";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "Get how far publishing is",
  answer: z.object({ status: versionStatusAnswer, publishing: publishingAnswer.nullable() }),
  params: versionId,
  run: (ctx, { params }) => getPublishing(ctx, { versionId: params.id }),
});
