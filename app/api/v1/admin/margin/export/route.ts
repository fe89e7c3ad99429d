import { marginQuery } from "#lib/margin/input";
import { exportMargin } from "#lib/margin/margin-csv";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Export the margin as CSV",
  answersWith: "text/csv",
  query: marginQuery,
  run: async (ctx, { query }) => csvAnswer(`margin-by-${query.by}`, await exportMargin(ctx, query)),
});
