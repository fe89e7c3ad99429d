import { route } from "#lib/web/route";
import { eventAnswer } from "#lib/webhooks/answers";
import { platformInputs } from "#lib/webhooks/input";
import { listEvents } from "#lib/webhooks/list-events";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "webhooks:read",
  summary: "List events",
  description: "What happened, newest first.",
  answer: pageOf(eventAnswer),
  query: platformInputs.events,
  run: (ctx, { query }) => listEvents(ctx, query),
});
