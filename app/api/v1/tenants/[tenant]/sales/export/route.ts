import { saleFilter } from "#lib/selling/input";
import { exportSales } from "#lib/selling/list-sales";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "Export payments as CSV",
  answersWith: "text/csv",
  query: saleFilter,
  run: async (ctx, { query }) => csvAnswer("payments", await exportSales(ctx, query)),
});
