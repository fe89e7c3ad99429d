import { subscribersQuery, versionId } from "#lib/catalog/input";
import { versionSubscribersAnswer } from "#lib/migrations/answers";
import { listVersionSubscribers } from "#lib/migrations/list-version-subscribers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List who is on a version",
  answer: versionSubscribersAnswer,
  params: versionId,
  query: subscribersQuery,
  run: (ctx, { params, query }) => listVersionSubscribers(ctx, { versionId: params.id, ...query }),
});
