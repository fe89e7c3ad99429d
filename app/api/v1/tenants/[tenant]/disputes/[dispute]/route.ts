import { z } from "zod";
import { disputePageAnswer } from "#lib/disputes/answers";
import { getDispute } from "#lib/disputes/get-dispute";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "Get a dispute",
  description: "With the payment it is about, the answer so far, and exactly what would be sent.",
  answer: disputePageAnswer,
  params: z.object({ tenant: z.string(), dispute: z.string() }),
  run: (ctx, { params }) => getDispute(ctx, params.dispute),
});
