import { toUsageAnswer, usageAnswer } from "#lib/usage/answers";
import { getUsage } from "#lib/usage/get-usage";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "usage:read",
  summary: "See usage and what it costs so far",
  description: "Exact to the second, by the same prices as the invoice will have.",
  answer: usageAnswer,
  run: async (ctx) => toUsageAnswer((await getUsage(ctx)).meters),
});
