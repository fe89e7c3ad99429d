import { z } from "zod";
import { tryUsage, tryUsageInput } from "#lib/usage/try-usage";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "usage:write",
  summary: "Try usage with one event",
  description: "In test mode alone. It is counted like any other, and can be voided.",
  answer: z.object({ key: z.string(), accepted: z.number() }),
  body: tryUsageInput,
  run: async (ctx, { body }) => {
    const { key, accepted } = await tryUsage(ctx, body);
    return { key, accepted };
  },
});
