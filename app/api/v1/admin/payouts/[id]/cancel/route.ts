import { z } from "zod";
import { moveAnswer } from "#lib/payouts/answers";
import { actInput } from "#lib/payouts/input";
import { cancelPlatformPayout } from "#lib/payouts/pay-out-platform";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Stop a payout of the platform's own",
  answer: moveAnswer,
  params: z.object({ id: z.string() }),
  body: actInput,
  run: (ctx, { params, body }) => cancelPlatformPayout(ctx, { payoutId: params.id, ...body }),
});
