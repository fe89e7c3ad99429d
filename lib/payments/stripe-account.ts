import { openAccount } from "#lib/accounts/open-account";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";

/** The tenant's account at Stripe, opened where a new workspace has none yet. */
export async function accountOf(ctx: TenantContext, gateway: StripeGateway): Promise<string> {
  return (await findAccountOf(ctx)) ?? openAccount(ctx, { tenantId: ctx.tenantId }, gateway);
}

/** The same for a read, which opens nothing. */
export async function findAccountOf(ctx: TenantContext): Promise<string | null> {
  const tenant = await view(ctx, (tx) =>
    tx.tenant.findUniqueOrThrow({
      where: { id: ctx.tenantId },
      select: { stripeAccountId: true },
    }),
  );
  return tenant.stripeAccountId;
}

/** What to say where Stripe has the customer no more. */
export function customerGone(): Refusal {
  return new Refusal(
    "gone",
    "Stripe no longer has this workspace as a customer, so it cannot be billed. Write to us.",
  );
}
