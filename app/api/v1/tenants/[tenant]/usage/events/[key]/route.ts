import { z } from "zod";
import { voidUsage } from "#lib/usage/correct-usage";
import { eventKey, voidUsageInput } from "#lib/usage/input";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "usage:correct",
  summary: "Void an event of the workspace's usage",
  description: "It counts no more. Where its invoice was finalised, the next one makes up for it.",
  params: z.object({ tenant: z.string(), key: eventKey }),
  body: voidUsageInput,
  run: (ctx, { params: { key }, body }) => voidUsage(ctx, { key, ...body }),
});
