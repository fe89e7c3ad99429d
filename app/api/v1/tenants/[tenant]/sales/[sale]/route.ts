import { z } from "zod";
import { saleDetailAnswer } from "#lib/selling/answers";
import { getSale } from "#lib/selling/list-sales";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "Read a payment and why its fee is what it is",
  answer: saleDetailAnswer,
  params: z.object({ tenant: z.string(), sale: z.string() }),
  run: (ctx, { params: { sale } }) => getSale(ctx, { saleId: sale }),
});
