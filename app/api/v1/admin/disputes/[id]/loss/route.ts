import { z } from "zod";
import { lossAnswer } from "#lib/disputes/answers";
import { recoveryInput } from "#lib/disputes/input";
import { getLoss, recoverLoss } from "#lib/disputes/recover-loss";
import { moveAnswer } from "#lib/payouts/answers";
import { route } from "#lib/web/route";

const params = z.object({ id: z.string() });

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "Get what a dispute cost the platform",
  description: "And what of it can be taken back, by which way. Nothing is moved.",
  answer: lossAnswer,
  params,
  run: async (ctx, { params: { id } }) => ({ loss: await getLoss(ctx, { disputeId: id }) }),
});

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Take back what a dispute cost",
  description: "Of the transfer, or from the company's balance, even below nothing.",
  answer: moveAnswer,
  params,
  body: recoveryInput,
  run: (ctx, { params: { id }, body }) => recoverLoss(ctx, { ...body, disputeId: id }),
});
