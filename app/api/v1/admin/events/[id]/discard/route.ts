import { z } from "zod";
import { discardEvent } from "#lib/events/discard-event";
import { reasonField } from "#lib/events/inbox-run";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Discard a dead event",
  answer: z.object({ status: z.literal("discarded") }),
  params: z.object({ id: z.string() }),
  body: z.object({ reason: reasonField }),
  run: async (ctx, { params, body }) => {
    await discardEvent(ctx, { id: params.id, reason: body.reason });
    return { status: "discarded" as const };
  },
});
