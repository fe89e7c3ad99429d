import { z } from "zod";
import { acknowledgeAlert } from "#lib/alerts/acknowledge-alert";
import { acknowledgeInput } from "#lib/alerts/alert";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "alerts:acknowledge",
  summary: "Acknowledge an alert",
  answer: z.object({ status: z.literal("acknowledged") }),
  params: z.object({ id: z.string() }),
  body: acknowledgeInput,
  run: async (ctx, { params, body }) => {
    await acknowledgeAlert(ctx, { id: params.id, note: body.note });
    return { status: "acknowledged" as const };
  },
});
