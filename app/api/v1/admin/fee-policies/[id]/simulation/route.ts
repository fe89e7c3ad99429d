import { z } from "zod";
import { simulationAnswer } from "#lib/selling/answers";
import { simulatePolicy } from "#lib/selling/simulate-policy";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "fees:read",
  summary: "Ask a fee policy about the payments there were",
  answer: simulationAnswer,
  params: z.object({ id: z.string() }),
  query: z.object({ months: z.coerce.number().int().min(1).max(12).default(3) }),
  run: (ctx, { params: { id }, query }) => simulatePolicy(ctx, { policyId: id, ...query }),
});
