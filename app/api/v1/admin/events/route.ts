import { inboxEventsAnswer } from "#lib/overview/event-answers";
import { inboxQuery, listInboxEvents } from "#lib/overview/list-inbox-events";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List inbox events",
  answer: inboxEventsAnswer,
  query: inboxQuery,
  run: (ctx, { query }) => listInboxEvents(ctx, query),
});
