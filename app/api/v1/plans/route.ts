import { z } from "zod";
import { planAnswer } from "#lib/billing/plan-answers";
import { listPublicAddOns, listPublicPlans } from "#lib/catalog/list-public-plans";
import { route } from "#lib/web/route";

export const GET = route({
  who: "anyone",
  summary: "List plans and add-ons on offer",
  description: "The newest published version of each, as the pricing page shows them.",
  answer: z.object({ plans: z.array(planAnswer), addOns: z.array(planAnswer) }),
  run: async (ctx) => ({
    plans: await listPublicPlans(ctx),
    addOns: await listPublicAddOns(ctx),
  }),
});
