import { z } from "zod";
import { accountMoveAnswer } from "#lib/ledger/answers";
import { listMoves, moveQuery } from "#lib/ledger/list-moves";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "List the moves of an account",
  answer: pageOf(accountMoveAnswer),
  params: z.object({ id: z.string() }),
  query: moveQuery,
  run: (ctx, { params, query }) => listMoves(ctx, { book: params.id, ...query }),
});
