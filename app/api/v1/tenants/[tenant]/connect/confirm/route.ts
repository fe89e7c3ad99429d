import { z } from "zod";
import { confirmDetails } from "#lib/connect/confirm-details";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "connect:onboard",
  people: true,
  summary: "Confirm the details of the business",
  answer: z.object({ status: z.literal("confirmed") }),
  run: async (ctx) => {
    await confirmDetails(ctx);
    return { status: "confirmed" as const };
  },
});
