import { route } from "#lib/web/route";
import { eventAnswer } from "#lib/webhooks/answers";
import { tenantInputs } from "#lib/webhooks/input";
import { listEvents } from "#lib/webhooks/list-events";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  summary: "List events",
  description: "What happened, newest first.",
  answer: pageOf(eventAnswer),
  query: tenantInputs.events,
  run: (ctx, { query }) => listEvents(ctx, query),
});
