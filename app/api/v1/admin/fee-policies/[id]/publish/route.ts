import { z } from "zod";
import { publishPolicyInput } from "#lib/selling/input";
import { publishPolicy } from "#lib/selling/publish-policy";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "fees:update",
  summary: "Publish a fee policy",
  description: "From when it begins, what payers open is asked about it. It never changes after.",
  answer: z.object({ number: z.number() }),
  params: z.object({ id: z.string() }),
  body: publishPolicyInput,
  run: (ctx, { params: { id }, body }) => publishPolicy(ctx, { policyId: id, ...body }),
});
