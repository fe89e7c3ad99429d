import { movedAnswer } from "#lib/payouts/answers";
import { listFees, movedQuery } from "#lib/payouts/list-transfers";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "List application fees",
  answer: pageOf(movedAnswer),
  query: movedQuery,
  run: (ctx, { query }) => listFees(ctx, query),
});
