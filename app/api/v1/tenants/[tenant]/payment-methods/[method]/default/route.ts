import { z } from "zod";
import { makeDefault } from "#lib/payments/keep-method";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Make a payment method the default",
  params: z.object({ tenant: z.string(), method: z.string() }),
  run: (ctx, { params }) => makeDefault(ctx, { methodId: params.method }),
});
