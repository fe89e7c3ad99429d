import { z } from "zod";
import { retirePolicy } from "#lib/selling/publish-policy";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "fees:update",
  summary: "Retire a fee policy",
  description: "The one before it is in force again; without one nothing is taken.",
  params: z.object({ id: z.string() }),
  run: (ctx, { params: { id } }) => retirePolicy(ctx, { policyId: id }),
});
