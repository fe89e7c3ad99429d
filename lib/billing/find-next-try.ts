import { view } from "#lib/db/transaction";
import type { StripeInvoice } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** When Stripe tries again by itself to take an open invoice's money; null where it does not. */
export async function findNextTry(
  ctx: TenantContext,
  { invoiceId }: { invoiceId: string },
): Promise<Date | null> {
  requirePermission(ctx, "billing:read");
  const row = await view(ctx, (tx) =>
    tx.invoice.findFirst({
      where: { id: invoiceId, tenantId: ctx.tenantId, status: "open" },
      select: { object: true },
    }),
  );
  const next = (row?.object as unknown as StripeInvoice | undefined)?.next_payment_attempt;
  return next ? new Date(next * 1000) : null;
}
