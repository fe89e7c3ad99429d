import { driftQuery, listDrifts } from "#lib/overview/list-drifts";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List drifts",
  query: driftQuery,
  run: (ctx, { query }) => listDrifts(ctx, query),
});
