import { z } from "zod";
import { askToReconnect } from "#lib/connect/ask-to-reconnect";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "connect:onboard",
  people: true,
  summary: "Ask to be connected again",
  description: "Of an account that was disconnected at Stripe. The platform is told once.",
  answer: z.object({ status: z.literal("asked") }),
  run: async (ctx) => {
    await askToReconnect(ctx);
    return { status: "asked" as const };
  },
});
