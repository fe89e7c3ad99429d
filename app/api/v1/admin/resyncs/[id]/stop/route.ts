import { z } from "zod";
import { stopResync } from "#lib/events/start-resync";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Stop a resync",
  answer: z.object({ status: z.literal("stopped") }),
  params: z.object({ id: z.string() }),
  run: async (ctx, { params }) => {
    await stopResync(ctx, params);
    return { status: "stopped" as const };
  },
});
