import { z } from "zod";
import { statementsAnswer } from "#lib/ledger/answers";
import { getStatements, statementQuery } from "#lib/ledger/get-statements";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Read a book's statements as of a day",
  answer: statementsAnswer,
  params: z.object({ id: z.string() }),
  query: statementQuery,
  run: (ctx, { params, query }) => getStatements(ctx, { book: params.id, ...query }),
});
