import { allInvoicesFilter, exportAllInvoices } from "#lib/payments/list-all-invoices";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "Export invoices of all tenants as CSV",
  answersWith: "text/csv",
  query: allInvoicesFilter,
  run: async (ctx, { query }) => csvAnswer("invoices", await exportAllInvoices(ctx, query)),
});
