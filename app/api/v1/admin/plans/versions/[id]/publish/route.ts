import { z } from "zod";
import { revisionInput, versionId } from "#lib/catalog/input";
import { publishVersion } from "#lib/catalog/publish-version";
import { route } from "#lib/web/route";

/** `?revision=` is the one that was read. After a failure the same call goes on. */
export const POST = route({
  who: "platform",
  permission: "plans:publish",
  summary: "Publish a plan version",
  answer: z.object({ status: z.literal("publishing") }),
  params: versionId,
  query: revisionInput.partial(),
  status: 202,
  run: async (ctx, { params, query }) => {
    await publishVersion(ctx, { versionId: params.id, revision: query.revision });
    return { status: "publishing" as const };
  },
});
