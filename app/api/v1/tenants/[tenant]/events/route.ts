import { route } from "#lib/web/route";
import { eventQuery } from "#lib/webhooks/input";
import { listEvents } from "#lib/webhooks/list-events";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  query: eventQuery,
  run: (ctx, { query }) => listEvents(ctx, query),
});
