import { z } from "zod";
import { checkoutInput } from "#lib/billing/input";
import { startCheckout } from "#lib/billing/start-checkout";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  params: z.object({ tenant: z.string() }),
  body: checkoutInput,
  status: 201,
  run: async (ctx, { body }) => {
    const { checkoutId, url } = await startCheckout(ctx, body);
    return { checkoutId, url };
  },
});
