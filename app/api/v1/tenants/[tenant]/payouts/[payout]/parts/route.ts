import { z } from "zod";
import { partAnswer } from "#lib/payouts/answers";
import { listParts, partsQuery } from "#lib/payouts/list-parts";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "payouts:read",
  summary: "List what is in a payout",
  answer: pageOf(partAnswer),
  params: z.object({ tenant: z.string(), payout: z.string() }),
  query: partsQuery,
  run: (ctx, { params, query }) => listParts(ctx, { payoutId: params.payout, ...query }),
});
