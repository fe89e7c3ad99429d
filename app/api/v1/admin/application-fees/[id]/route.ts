import { z } from "zod";
import { feePageAnswer } from "#lib/payouts/answers";
import { getFee } from "#lib/payouts/get-fee";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "Get an application fee",
  description: "With the payment it is of, and all that was given back of it.",
  answer: feePageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getFee(ctx, { feeId: params.id }),
});
