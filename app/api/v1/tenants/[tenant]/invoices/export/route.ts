import { invoiceFilter } from "#lib/billing/invoice-filter";
import { exportInvoices } from "#lib/billing/list-invoices";
import { csvAnswer } from "#lib/web/csv-answer";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Export invoices as CSV",
  answersWith: "text/csv",
  query: invoiceFilter,
  run: async (ctx, { query }) => csvAnswer("invoices", await exportInvoices(ctx, query)),
});
