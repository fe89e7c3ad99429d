import { listOwnMoves } from "#lib/books/list-own-moves";
import { accountMoveAnswer } from "#lib/ledger/answers";
import { moveQuery } from "#lib/ledger/list-moves";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "books:read",
  summary: "List the moves of an account of your book",
  answer: pageOf(accountMoveAnswer),
  query: moveQuery,
  run: (ctx, { query }) => listOwnMoves(ctx, query),
});
