import { z } from "zod";
import { removeFile } from "#lib/disputes/remove-file";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "platform",
  permission: "money:update",
  summary: "Take a document out of an answer of the platform's",
  params: z.object({ id: z.string(), file: z.string() }),
  run: (ctx, { params }) => removeFile(ctx, { disputeId: params.id, fileId: params.file }),
});
