import { z } from "zod";
import { payoutPageAnswer } from "#lib/payouts/answers";
import { getPayout } from "#lib/payouts/get-payout";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "See a payout and what it is made of",
  answer: payoutPageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getPayout(ctx, { payoutId: params.id }),
});
