import { versionId } from "#lib/catalog/input";
import { retireVersion } from "#lib/catalog/retire-version";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:publish",
  summary: "Retire a version",
  params: versionId,
  run: (ctx, { params }) => retireVersion(ctx, { versionId: params.id }),
});
