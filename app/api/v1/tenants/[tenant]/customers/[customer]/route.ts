import { z } from "zod";
import { buyerAnswer } from "#lib/selling/answers";
import { getBuyer } from "#lib/selling/list-buyers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "Read a customer",
  answer: buyerAnswer,
  params: z.object({ tenant: z.string(), customer: z.string() }),
  run: (ctx, { params: { customer } }) => getBuyer(ctx, { customerId: customer }),
});
