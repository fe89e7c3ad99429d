import { z } from "zod";
import { type InvoiceRow, type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export const invoiceQuery = z.object({
  cursor: z.string().max(200).optional(),
  status: z.enum(["draft", "open", "paid", "void", "uncollectible"]).optional(),
});
export type InvoiceQuery = z.infer<typeof invoiceQuery>;

/** The tenant's invoices, newest first, one page at a time. */
export async function listInvoices(
  ctx: TenantContext,
  query: InvoiceQuery = {},
): Promise<Page<InvoiceSummary>> {
  requirePermission(ctx, "billing:read");
  const after = query.cursor ? decodeCursor(query.cursor) : undefined;

  const rows: InvoiceRow[] = await view(ctx, (tx) =>
    tx.invoice.findMany({
      where: {
        tenantId: ctx.tenantId,
        ...(query.status && { status: query.status }),
        ...(after && {
          OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
      omit: { object: true },
    }),
  );
  const page = toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  return { ...page, rows: page.rows.map(toInvoice) };
}
