import { driftQuery, listDrifts } from "#lib/overview/list-drifts";
import { driftsAnswer } from "#lib/overview/mirror-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List drifts",
  answer: driftsAnswer,
  query: driftQuery,
  run: (ctx, { query }) => listDrifts(ctx, query),
});
