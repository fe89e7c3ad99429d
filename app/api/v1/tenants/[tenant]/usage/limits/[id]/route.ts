import { z } from "zod";
import { removeUsageLimit } from "#lib/usage/set-limit";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "usage:limit",
  summary: "Remove an alert or a cap",
  params: z.object({ tenant: z.string(), id: z.string().max(100) }),
  run: (ctx, { params: { id } }) => removeUsageLimit(ctx, { id }),
});
