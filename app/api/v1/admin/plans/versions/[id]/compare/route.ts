import { z } from "zod";
import { versionId } from "#lib/catalog/input";
import { compareVersion } from "#lib/catalog/publish-version";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:publish",
  summary: "Compare a version with Stripe",
  answer: z.object({ status: z.literal("running") }),
  params: versionId,
  status: 202,
  run: async (ctx, { params }) => {
    await compareVersion(ctx, { versionId: params.id });
    return { status: "running" as const };
  },
});
