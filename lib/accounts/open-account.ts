import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";

/**
 * Gives a tenant its account at Stripe, once: killed between any two steps, the next run asks with
 * the same key and is given the same account. Returns its id.
 */
export async function openAccount(
  ctx: Context,
  { tenantId }: { tenantId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<string> {
  const system = asSystem(ctx);
  const tenant = await view(system, (tx) =>
    tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      include: {
        members: {
          where: { role: "owner" },
          orderBy: { createdAt: "asc" },
          take: 1,
          include: { user: true },
        },
      },
    }),
  );
  if (tenant.stripeAccountId) return tenant.stripeAccountId;
  const [owner] = tenant.members;
  invariant(owner, `tenant ${tenantId} has an owner`);

  const { name, country } = tenant;
  const { accountId } = await gateway.createTenantAccount({
    tenantId,
    name,
    country,
    email: owner.user.email,
  });
  await transact(system, "billing.open-account", (tx) =>
    tx.tenant.updateMany({
      where: { id: tenantId, stripeAccountId: null },
      data: { stripeAccountId: accountId },
    }),
  );
  return accountId;
}
