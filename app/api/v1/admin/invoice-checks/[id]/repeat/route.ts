import { z } from "zod";
import { verdictAnswer } from "#lib/rater/answers";
import { getCheck } from "#lib/rater/list-checks";
import { repeatCheck } from "#lib/rater/settle-check";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "rater:settle",
  summary: "Work an invoice out again",
  answer: z.object({ verdict: verdictAnswer }),
  params: z.object({ id: z.string() }),
  run: async (ctx, { params }) => {
    await repeatCheck(ctx, { invoiceId: params.id });
    return { verdict: (await getCheck(ctx, params.id)).verdict };
  },
});
