import { getOwnStatements } from "#lib/books/get-own-statements";
import { statementQuery } from "#lib/ledger/get-statements";
import { trialBalanceCsv } from "#lib/ledger/statement-csv";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "books:read",
  summary: "Export your book's trial balance as CSV",
  answersWith: "text/csv",
  query: statementQuery,
  run: async (ctx, { query }) => {
    const { trialBalances } = await getOwnStatements(ctx, query);
    return csvAnswer("trial-balance", trialBalanceCsv(trialBalances));
  },
});
