import { z } from "zod";
import { invoiceCheckPageAnswer } from "#lib/rater/answers";
import { getCheck } from "#lib/rater/list-checks";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "rater:read",
  summary: "Get an invoice check",
  answer: invoiceCheckPageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getCheck(ctx, params.id),
});
