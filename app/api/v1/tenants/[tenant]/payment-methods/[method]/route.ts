import { z } from "zod";
import { removeMethod } from "#lib/payments/keep-method";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Remove a payment method",
  description: "Not the default while a subscription is charged to it.",
  params: z.object({ tenant: z.string(), method: z.string() }),
  run: (ctx, { params }) => removeMethod(ctx, { methodId: params.method }),
});
