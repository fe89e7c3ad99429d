import { alertQuery, listAlerts } from "#lib/alerts/list-alerts";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "alerts:read",
  summary: "List alerts",
  query: alertQuery,
  run: (ctx, { query }) => listAlerts(ctx, query),
});
