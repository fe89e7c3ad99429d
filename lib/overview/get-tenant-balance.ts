import { view } from "#lib/db/transaction";
import type { Stake } from "#lib/overview/attention";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a tenant's own account holds at Stripe now. */
export type TenantBalance = { available: Stake[]; pending: Stake[] };

/** Asks Stripe, so it may refuse where Stripe does not answer; null where there is no account. */
export async function getTenantBalance(
  ctx: PlatformContext,
  tenantId: string,
  gateway: StripeGateway = stripeGateway(),
): Promise<TenantBalance | null> {
  requirePlatform(ctx, "tenants:read");
  const account = await view(ctx, (tx) =>
    tx.connectedAccount.findUnique({ where: { tenantId }, select: { accountId: true } }),
  );
  if (!account) return null;
  const { available, pending } = await gateway.readBalance(account.accountId);
  const plain = ({ minor, currency }: Stake) => ({ minor, currency });
  return { available: available.map(plain), pending: pending.map(plain) };
}
