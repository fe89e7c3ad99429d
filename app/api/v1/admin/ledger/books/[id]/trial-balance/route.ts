import { z } from "zod";
import { getStatements, statementQuery } from "#lib/ledger/get-statements";
import { trialBalanceCsv } from "#lib/ledger/statement-csv";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Export a book's trial balance as CSV",
  answersWith: "text/csv",
  params: z.object({ id: z.string() }),
  query: statementQuery,
  run: async (ctx, { params, query }) => {
    const { trialBalances } = await getStatements(ctx, { book: params.id, ...query });
    return csvAnswer(`trial-balance-${params.id}`, trialBalanceCsv(trialBalances));
  },
});
