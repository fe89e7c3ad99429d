import { usageEventAnswer } from "#lib/usage/answers";
import { listUsageEvents, usageEventsQuery } from "#lib/usage/list-events";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "usage:read",
  summary: "List a meter's events",
  description: "As they count now, the latest use first.",
  answer: pageOf(usageEventAnswer),
  query: usageEventsQuery,
  run: (ctx, { query }) => listUsageEvents(ctx, query),
});
