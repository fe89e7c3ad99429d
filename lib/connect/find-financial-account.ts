import { findAccount } from "#lib/connect/find-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** The id of the financial account the tenant keeps money in at Stripe; null where it has none. */
export async function findFinancialAccount(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<string | null> {
  requirePermission(ctx, "payouts:read");
  const { accountId } = await findAccount(ctx);
  return gateway.findFinancialAccount(accountId);
}
