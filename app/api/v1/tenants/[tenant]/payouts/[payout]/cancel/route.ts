import { z } from "zod";
import { moveAnswer } from "#lib/payouts/answers";
import { cancelPayout } from "#lib/payouts/cancel-payout";
import { cancelInput } from "#lib/payouts/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "payouts:create",
  people: true,
  summary: "Stop a payout",
  description: "A manual one that has not left yet. The money stays in the balance.",
  answer: moveAnswer,
  params: z.object({ tenant: z.string(), payout: z.string() }),
  body: cancelInput,
  run: (ctx, { params, body }) => cancelPayout(ctx, { payoutId: params.payout, ...body }),
});
