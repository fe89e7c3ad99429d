import { z } from "zod";
import { decideDrift } from "#lib/events/decide-drift";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Decide a drift",
  answer: z.object({ status: z.enum(["repairing", "dismissed"]) }),
  params: z.object({ id: z.string() }),
  body: z.object({ decision: z.enum(["repair", "dismiss"]) }),
  run: async (ctx, { params, body }) => {
    await decideDrift(ctx, { ...params, ...body });
    return { status: body.decision === "repair" ? ("repairing" as const) : ("dismissed" as const) };
  },
});
