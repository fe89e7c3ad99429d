import { z } from "zod";
import { getEmbeddedCheckout } from "#lib/billing/get-embedded-checkout";
import { clientSecretAnswer } from "#lib/payments/answers";
import { browserKeys } from "#lib/payments/browser-keys";
import { route } from "#lib/web/route";

const embedded = clientSecretAnswer
  .extend({ planName: z.string() })
  .meta({ id: "EmbeddedCheckout" });

export const GET = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Get the checkout that stands inside a page",
  description: "What Stripe.js needs to show one that was started with `page: embedded`.",
  answer: z.object({ checkout: embedded.nullable().describe("Null: none is open.") }),
  params: z.object({ tenant: z.string() }),
  run: async (ctx) => {
    const checkout = await getEmbeddedCheckout(ctx);
    return { checkout: checkout && { ...browserKeys(), ...checkout } };
  },
});
