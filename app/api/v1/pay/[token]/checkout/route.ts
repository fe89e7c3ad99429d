import { z } from "zod";
import { payInput } from "#lib/selling/input";
import { openSale } from "#lib/selling/open-sale";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  summary: "Open Stripe's page to pay at a payment link",
  answer: z.object({ url: z.string() }),
  params: z.object({ token: z.string() }),
  body: payInput,
  run: (ctx, { params: { token }, body }) => openSale(ctx, { token, ...body }),
});
