import { alertAnswer } from "#lib/alerts/answers";
import { alertQuery, listAlerts } from "#lib/alerts/list-alerts";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "alerts:read",
  summary: "List alerts",
  answer: pageOf(alertAnswer),
  query: alertQuery,
  run: (ctx, { query }) => listAlerts(ctx, query),
});
