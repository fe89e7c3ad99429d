import { z } from "zod";
import { disputePageAnswer } from "#lib/disputes/answers";
import { getDispute } from "#lib/disputes/get-dispute";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "Get any dispute",
  description: "With the payment it is about, the answer so far, and exactly what would be sent.",
  answer: disputePageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getDispute(ctx, params.id),
});
