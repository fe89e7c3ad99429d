import { z } from "zod";
import { removeFile } from "#lib/disputes/remove-file";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "disputes:respond",
  summary: "Take a document out of the answer to a dispute",
  params: z.object({ tenant: z.string(), dispute: z.string(), file: z.string() }),
  run: (ctx, { params }) => removeFile(ctx, { disputeId: params.dispute, fileId: params.file }),
});
