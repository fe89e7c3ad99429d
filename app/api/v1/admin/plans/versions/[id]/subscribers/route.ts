import { subscribersQuery, versionId } from "#lib/catalog/input";
import { listVersionSubscribers } from "#lib/migrations/list-version-subscribers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List who is on a version",
  params: versionId,
  query: subscribersQuery,
  run: (ctx, { params, query }) => listVersionSubscribers(ctx, { versionId: params.id, ...query }),
});
