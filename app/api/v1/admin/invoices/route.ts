import { allInvoicesQuery, listAllInvoices } from "#lib/payments/list-all-invoices";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "List invoices of all tenants",
  query: allInvoicesQuery,
  run: (ctx, { query }) => listAllInvoices(ctx, query),
});
