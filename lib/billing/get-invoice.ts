import { type InvoicePage, readInvoicePage } from "#lib/billing/invoice-page";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** One invoice of the tenant with all that hangs on it, as Stripe last told it. */
export async function getInvoice(ctx: TenantContext, id: string): Promise<InvoicePage> {
  requirePermission(ctx, "billing:read");
  const page = await view(ctx, (tx) => readInvoicePage(tx, { id, tenantId: ctx.tenantId }));
  if (!page) throw new Refusal("not_found", "There is no such invoice in this workspace.");
  return page;
}
