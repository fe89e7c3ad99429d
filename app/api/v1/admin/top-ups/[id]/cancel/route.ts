import { z } from "zod";
import { moveAnswer } from "#lib/payouts/answers";
import { actInput } from "#lib/payouts/input";
import { cancelTopUp } from "#lib/payouts/top-up";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Call a top-up off",
  answer: moveAnswer,
  params: z.object({ id: z.string() }),
  body: actInput,
  run: (ctx, { params, body }) => cancelTopUp(ctx, { topupId: params.id, ...body }),
});
