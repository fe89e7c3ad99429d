import { findAccount } from "#lib/connect/find-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Whether the tenant has issued any card yet. */
export async function hasCard(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<boolean> {
  requirePermission(ctx, "cards:read");
  const { accountId } = await findAccount(ctx);
  return gateway.hasCard(accountId);
}
