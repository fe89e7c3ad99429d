import { z } from "zod";
import { replayEvent } from "#lib/events/replay-event";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Replay an event",
  answer: z.object({ status: z.literal("waiting") }),
  params: z.object({ id: z.string() }),
  status: 202,
  run: async (ctx, { params }) => {
    await replayEvent(ctx, params);
    return { status: "waiting" as const };
  },
});
