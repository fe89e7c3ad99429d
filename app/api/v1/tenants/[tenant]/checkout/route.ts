import { z } from "zod";
import { checkoutInput } from "#lib/billing/input";
import { startCheckout } from "#lib/billing/start-checkout";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Start a checkout",
  description: "Asking again while one is open gives the same one.",
  answer: z.object({ checkoutId: z.string(), url: z.string() }),
  params: z.object({ tenant: z.string() }),
  body: checkoutInput,
  status: 201,
  run: async (ctx, { body }) => {
    const { checkoutId, url } = await startCheckout(ctx, body);
    return { checkoutId, url };
  },
});
