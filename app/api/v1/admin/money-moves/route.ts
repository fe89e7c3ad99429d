import { listedMoveAnswer } from "#lib/payouts/answers";
import { listMoves, movesQuery } from "#lib/payouts/list-topups";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "List what people moved",
  answer: pageOf(listedMoveAnswer),
  query: movesQuery,
  run: (ctx, { query }) => listMoves(ctx, query),
});
