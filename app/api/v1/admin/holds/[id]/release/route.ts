import { z } from "zod";
import { releaseInput } from "#lib/connect/hold";
import { releaseHold } from "#lib/connect/release-hold";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "connect:hold",
  summary: "Release a hold",
  answer: z.object({ status: z.literal("released") }),
  params: z.object({ id: z.string() }),
  body: releaseInput,
  run: async (ctx, { params, body }) => {
    await releaseHold(ctx, { id: params.id, note: body.note });
    return { status: "released" as const };
  },
});
