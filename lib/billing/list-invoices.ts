import { z } from "zod";
import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { rowsAtOnce, streamCsv, toCsvPage, withDetails } from "#lib/billing/invoice-csv";
import {
  afterCursor,
  afterRow,
  type InvoiceFilter,
  invoiceFilter,
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

/** What the list shows under the same filters, all of it, as CSV in pieces. */
export async function exportInvoices(
  ctx: TenantContext,
  filter: InvoiceFilter,
): Promise<AsyncIterable<string>> {
  requirePermission(ctx, "billing:read");

  return streamCsv(false, (last) =>
    view(ctx, async (tx) => {
      const read = await tx.invoice.findMany({
        where: { tenantId: ctx.tenantId, AND: [whereOf(filter), afterRow(last)] },
        orderBy: newestFirst,
        take: rowsAtOnce,
        omit: { object: true },
      });
      return toCsvPage(await withDetails(tx, read.map(toInvoice)), read);
    }),
  );
}
