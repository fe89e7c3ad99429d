import { tenantInvoiceAnswer } from "#lib/payments/act-answers";
import { allInvoicesQuery, listAllInvoices } from "#lib/payments/list-all-invoices";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "List invoices of all tenants",
  answer: pageOf(tenantInvoiceAnswer),
  query: allInvoicesQuery,
  run: (ctx, { query }) => listAllInvoices(ctx, query),
});
