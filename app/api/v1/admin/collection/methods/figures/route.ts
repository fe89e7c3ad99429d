import { z } from "zod";
import { methodFiguresAnswer } from "#lib/payments/collection-answers";
import { figureDays, getMethodFigures } from "#lib/payments/get-method-figures";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "How each way to pay fared",
  description: `Payments to the platform itself in the last ${figureDays} days.`,
  answer: z.object({ methods: z.array(methodFiguresAnswer) }),
  run: async (ctx) => ({ methods: [...(await getMethodFigures(ctx)).values()] }),
});
