import { z } from "zod";
import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import {
  afterCursor,
  type InvoiceFilter,
  invoiceFilter,
  invoicesAsCsv,
  newestFirst,
  whereOf,
} from "#lib/billing/invoice-filter";
import { view } from "#lib/db/transaction";
import { type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export const invoiceQuery = invoiceFilter.extend({ cursor: z.string().max(200).optional() });
export type InvoiceQuery = z.infer<typeof invoiceQuery>;

/** The tenant's invoices, newest first, one page at a time. */
export async function listInvoices(
  ctx: TenantContext,
  { cursor, ...filter }: InvoiceQuery = {},
): Promise<Page<InvoiceSummary>> {
  requirePermission(ctx, "billing:read");
  const rows = await view(ctx, (tx) =>
    tx.invoice.findMany({
      where: { tenantId: ctx.tenantId, AND: [whereOf(filter), afterCursor(cursor)] },
      orderBy: newestFirst,
      take: pageSize + 1,
      omit: { object: true },
    }),
  );
  const page = toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  return { ...page, rows: page.rows.map(toInvoice) };
}

/** More than a spreadsheet is read with; who has more narrows the days. */
export const mostExported = 10_000;

/** What the list shows under the same filters, all of it, as CSV. */
export async function exportInvoices(ctx: TenantContext, filter: InvoiceFilter): Promise<string> {
  requirePermission(ctx, "billing:read");
  const rows = await view(ctx, (tx) =>
    tx.invoice.findMany({
      where: { tenantId: ctx.tenantId, ...whereOf(filter) },
      orderBy: newestFirst,
      take: mostExported,
      omit: { object: true },
    }),
  );
  return invoicesAsCsv(rows.map(toInvoice));
}
