import { invoiceQuery, listInvoices } from "#lib/billing/list-invoices";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  query: invoiceQuery,
  run: (ctx, { query }) => listInvoices(ctx, query),
});
