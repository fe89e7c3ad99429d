import { z } from "zod";
import { route } from "#lib/web/route";
import { eventPageAnswer } from "#lib/webhooks/answers";
import { getEvent } from "#lib/webhooks/get-event";
import { readReference } from "#lib/webhooks/reference";

export const GET = route({
  who: "platform",
  permission: "webhooks:read",
  summary: "Get an event",
  description: "With what endpoints are sent of it, and what became of that.",
  answer: eventPageAnswer,
  params: z.object({ event: z.string() }),
  run: (ctx, { params }) => getEvent(ctx, { reference: readReference(params.event) ?? "" }),
});
