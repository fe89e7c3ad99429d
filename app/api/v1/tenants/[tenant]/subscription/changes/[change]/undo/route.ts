import { z } from "zod";
import { awaitMirror } from "#lib/billing/await-mirror";
import { changeAnswer } from "#lib/billing/plan-answers";
import { undoChange } from "#lib/billing/undo-change";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Undo a change of the plan",
  description: "Takes back what is planned, or drops what waits for its payment.",
  answer: changeAnswer,
  params: z.object({ tenant: z.string(), change: z.string().max(100) }),
  run: async (ctx, { params }) => {
    const change = await undoChange(ctx, { changeId: params.change });
    await awaitMirror(ctx);
    return change;
  },
});
