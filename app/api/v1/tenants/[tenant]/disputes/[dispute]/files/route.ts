import { z } from "zod";
import { addFile } from "#lib/disputes/add-file";
import { fileAnswer } from "#lib/disputes/answers";
import { documentFile } from "#lib/disputes/evidence";
import { fileField } from "#lib/disputes/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "disputes:respond",
  summary: "Add a document to the answer to a dispute",
  description:
    "A PDF, a JPEG or a PNG as the body; an answer's documents together have at most 4.5 MB. " +
    "It takes the place of what was there as this piece of evidence.",
  answer: fileAnswer,
  params: z.object({ tenant: z.string(), dispute: z.string() }),
  query: z.object({ field: fileField, name: z.string().trim().min(1).max(200) }),
  takes: documentFile,
  run: (ctx, { params, query, file }) =>
    addFile(ctx, { ...query, disputeId: params.dispute, bytes: file }),
});
