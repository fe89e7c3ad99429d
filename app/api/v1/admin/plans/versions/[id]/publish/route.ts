import { z } from "zod";
import { publishVersion } from "#lib/catalog/publish-version";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:publish",
  params: z.object({ id: z.string() }),
  status: 202,
  run: async (ctx, { params }) => {
    await publishVersion(ctx, { versionId: params.id });
    return { status: "publishing" };
  },
});
