import { getOwnStatements } from "#lib/books/get-own-statements";
import { statementsAnswer } from "#lib/ledger/answers";
import { statementQuery } from "#lib/ledger/get-statements";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "books:read",
  summary: "Read your book's trial balance, balance sheet and income statement",
  answer: statementsAnswer,
  query: statementQuery,
  run: (ctx, { query }) => getOwnStatements(ctx, query),
});
