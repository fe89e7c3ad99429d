import { z } from "zod";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { Page } from "#lib/keyset";
import { type BalanceMove, type Balances, toBalances, toMove } from "#lib/payments/balance";
import { customerGone, findAccountOf } from "#lib/payments/stripe-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";

export const balanceQuery = z.object({
  /** The last move seen; Stripe's own way of paging. */
  cursor: z.string().startsWith("cbtxn_").max(100).optional(),
});
export type BalancePage = Page<BalanceMove> & { balances: Balances };

/** What moved the tenant's balance, newest first. */
export async function listBalance(
  ctx: TenantContext,
  query: z.output<typeof balanceQuery> = {},
  gateway: StripeGateway = stripeGateway(),
): Promise<BalancePage> {
  requirePermission(ctx, "billing:read");
  return readBalance(gateway, await findAccountOf(ctx), query.cursor);
}

/** The same of any tenant, for the console. */
export async function listBalanceOf(
  ctx: PlatformContext,
  { tenantId, cursor }: { tenantId: string; cursor?: string | undefined },
  gateway: StripeGateway = stripeGateway(),
): Promise<BalancePage> {
  requirePlatform(ctx, "invoices:read");
  const tenant = await view(ctx, (tx) => tx.tenant.findUnique({ where: { id: tenantId } }));
  if (!tenant) throw new Refusal("not_found", "There is no such tenant.");
  return readBalance(gateway, tenant.stripeAccountId, cursor);
}

async function readBalance(gateway: StripeGateway, accountId: string | null, cursor?: string) {
  if (!accountId) return { rows: [], next: null, balances: [] };
  const [customer, { moves, next }] = await Promise.all([
    gateway.findCustomer(accountId),
    gateway.listBalanceMoves(accountId, cursor),
  ]);
  if (!customer) throw customerGone();
  return { rows: moves.flatMap(toMove), next, balances: toBalances(customer) };
}
