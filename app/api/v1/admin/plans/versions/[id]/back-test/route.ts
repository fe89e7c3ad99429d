import { backTestQuery, versionId } from "#lib/catalog/input";
import { backTestVersion } from "#lib/migrations/back-test-version";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "Try a version on real subscribers",
  params: versionId,
  query: backTestQuery,
  run: (ctx, { params, query }) => backTestVersion(ctx, { versionId: params.id, ...query }),
});
