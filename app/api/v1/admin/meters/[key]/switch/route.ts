import { z } from "zod";
import { switchMeter, switchMeterInput } from "#lib/usage/change-meters";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:update",
  summary: "Stop a meter, or have it count again",
  answer: z.object({ status: z.literal("switched") }),
  params: z.object({ key: z.string().max(100) }),
  body: switchMeterInput,
  run: async (ctx, { params, body }) => {
    await switchMeter(ctx, { ...params, ...body });
    return { status: "switched" as const };
  },
});
