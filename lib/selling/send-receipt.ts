import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Has Stripe send the receipt of a payment to an address. Stripe writes only to a changed one. */
export async function sendReceipt(
  ctx: TenantContext,
  { saleId, email }: { saleId: string; email: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePermission(ctx, "payments:sell");
  const where = { id: saleId, tenantId: ctx.tenantId };
  const sale = await view(ctx, (tx) => tx.sale.findFirst({ where }));
  if (!sale) throw new Refusal("not_found", "There is no such payment.");
  if (sale.status !== "succeeded") {
    throw new Refusal("conflict", "This payment failed, so it has no receipt.");
  }
  await gateway.sendReceipt({ account: sale.account, saleId, email });
}
