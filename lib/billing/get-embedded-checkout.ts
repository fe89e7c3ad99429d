import { findUnderWay } from "#lib/billing/store";
import { view } from "#lib/db/transaction";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type EmbeddedCheckout = { planName: string; clientSecret: string };

/**
 * The payment page that stands inside ours; null where none is open. Its secret is asked for each
 * time and never kept.
 */
export async function getEmbeddedCheckout(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<EmbeddedCheckout | null> {
  requirePermission(ctx, "billing:update");

  const checkout = await view(ctx, (tx) => findUnderWay(tx, ctx.tenantId));
  if (!checkout?.isEmbedded || !checkout.stripeSessionId) return null;
  const clientSecret = await gateway.readCheckoutSecret(checkout.stripeSessionId);
  return clientSecret ? { planName: checkout.version.plan.name, clientSecret } : null;
}
