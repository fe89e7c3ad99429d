import { z } from "zod";
import { exportParts, partsFilter } from "#lib/payouts/list-parts";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "Export what is in a payout as CSV",
  answersWith: "text/csv",
  params: z.object({ id: z.string() }),
  query: partsFilter,
  run: async (ctx, { params, query }) =>
    csvAnswer(params.id, await exportParts(ctx, { payoutId: params.id, ...query })),
});
