import { z } from "zod";
import { inboxEventPageAnswer } from "#lib/overview/event-answers";
import { getInboxEvent } from "#lib/overview/get-inbox-event";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "Get an inbox event",
  answer: inboxEventPageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getInboxEvent(ctx, params.id),
});
