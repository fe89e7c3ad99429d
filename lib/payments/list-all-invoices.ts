import { z } from "zod";
import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { rowsAtOnce, streamCsv, toCsvPage, withDetails } from "#lib/billing/invoice-csv";
import {
  afterCursor,
  afterRow,
  invoiceFilter,
  newestFirst,
  whereOf,
} from "#lib/billing/invoice-filter";
import { view } from "#lib/db/transaction";
import { type Page, pageSize, toPage } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const allInvoicesFilter = invoiceFilter.extend({
  tenant: z.string().trim().max(100).optional(),
});
export const allInvoicesQuery = allInvoicesFilter.extend({
  cursor: z.string().max(200).optional(),
});
export type AllInvoicesQuery = z.output<typeof allInvoicesQuery>;
export type TenantInvoice = InvoiceSummary & { tenantId: string; tenant: string };

/** Every tenant's invoices, newest first, one page at a time. */
export async function listAllInvoices(
  ctx: PlatformContext,
  { cursor, ...filter }: AllInvoicesQuery = {},
): Promise<Page<TenantInvoice>> {
  requirePlatform(ctx, "invoices:read");

  const rows = await read(ctx, { cursor, ...filter }, pageSize + 1);
  return toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** What the list shows under the same filters, all of it, as CSV in pieces. */
export async function exportAllInvoices(
  ctx: PlatformContext,
  filter: z.output<typeof allInvoicesFilter>,
): Promise<AsyncIterable<string>> {
  requirePlatform(ctx, "invoices:read");

  return streamCsv(true, async (last) => {
    const found = await read(ctx, filter, rowsAtOnce, last);
    return toCsvPage(await view(ctx, (tx) => withDetails(tx, found)), found);
  });
}

async function read(
  ctx: PlatformContext,
  { tenant, cursor, ...filter }: AllInvoicesQuery,
  take: number,
  last?: { createdAt: Date; id: string },
): Promise<TenantInvoice[]> {
  const name = { contains: tenant ?? "", mode: "insensitive" as const };
  const rows = await view(ctx, (tx) =>
    tx.invoice.findMany({
      where: {
        AND: [whereOf(filter), afterCursor(cursor), afterRow(last)],
        ...(tenant && { tenant: { OR: [{ id: tenant }, { slug: tenant }, { name }] } }),
      },
      orderBy: newestFirst,
      take,
      omit: { object: true },
      include: { tenant: { select: { name: true } } },
    }),
  );
  return rows.map((row) => ({
    ...toInvoice(row),
    tenantId: row.tenantId,
    tenant: row.tenant.name,
  }));
}
