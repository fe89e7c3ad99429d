import { env } from "#lib/env";
import { accountOf } from "#lib/payments/stripe-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** A link to Stripe's own page of the tenant's billing. It leads back to ours. */
export async function openPortal(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ url: string }> {
  requirePermission(ctx, "billing:update");
  const accountId = await accountOf(ctx, gateway);
  const { configurationId } = (await gateway.findPortal()) ?? (await gateway.createPortal());
  const returnUrl = new URL(`/${ctx.tenantSlug}/billing/payment`, env().LOCKSTEP_URL).href;
  return gateway.createPortalSession({ accountId, configurationId, returnUrl });
}
