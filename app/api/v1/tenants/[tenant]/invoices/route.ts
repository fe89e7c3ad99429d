import { invoiceAnswer } from "#lib/billing/answers";
import { invoiceQuery, listInvoices } from "#lib/billing/list-invoices";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "List invoices",
  description: "Newest first. A draft has no number yet.",
  answer: pageOf(invoiceAnswer),
  query: invoiceQuery,
  run: (ctx, { query }) => listInvoices(ctx, query),
});
