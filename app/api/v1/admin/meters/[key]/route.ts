import { z } from "zod";
import { renameMeter, renameMeterInput } from "#lib/usage/change-meters";
import { route } from "#lib/web/route";

export const PATCH = route({
  who: "platform",
  permission: "plans:update",
  summary: "Rename a meter",
  answer: z.object({ status: z.literal("renamed") }),
  params: z.object({ key: z.string().max(100) }),
  body: renameMeterInput,
  run: async (ctx, { params, body }) => {
    await renameMeter(ctx, { ...params, ...body });
    return { status: "renamed" as const };
  },
});
