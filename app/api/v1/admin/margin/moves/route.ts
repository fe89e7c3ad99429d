import { marginMovesAnswer } from "#lib/margin/answers";
import { marginMoveQuery } from "#lib/margin/input";
import { listMarginMoves } from "#lib/margin/list-margin-moves";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "List the moves that a figure of the margin is the sum of",
  answer: marginMovesAnswer,
  query: marginMoveQuery,
  run: (ctx, { query }) => listMarginMoves(ctx, query),
});
