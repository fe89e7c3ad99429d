import { z } from "zod";
import { exportParts, partsFilter } from "#lib/payouts/list-parts";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payouts:read",
  summary: "Export what is in a payout as CSV",
  answersWith: "text/csv",
  params: z.object({ tenant: z.string(), payout: z.string() }),
  query: partsFilter,
  run: async (ctx, { params, query }) =>
    csvAnswer(params.payout, await exportParts(ctx, { payoutId: params.payout, ...query })),
});
