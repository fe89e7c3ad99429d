import { z } from "zod";
import { stopRun } from "#lib/reconciliation/start-run";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "reconciliation:run",
  summary: "Stop a reconciliation run",
  answer: z.object({ status: z.literal("stopped") }),
  params: z.object({ id: z.string() }),
  run: async (ctx, { params }) => {
    await stopRun(ctx, params);
    return { status: "stopped" as const };
  },
});
