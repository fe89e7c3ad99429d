import type { Tx } from "#lib/db/client";

/** Whose account at Stripe it is, as a list names them. */
export type AccountTenant = { id: string; name: string };

/** The tenants of connected accounts, by account; one whose tenant left is not there. */
export async function tenantsOf(
  tx: Tx,
  accounts: readonly string[],
): Promise<Map<string | null, AccountTenant>> {
  const tenants = await tx.tenant.findMany({
    where: { stripeAccountId: { in: [...new Set(accounts)] } },
    select: { id: true, name: true, stripeAccountId: true },
  });
  return new Map(tenants.map(({ stripeAccountId, ...tenant }) => [stripeAccountId, tenant]));
}
