import { type DiscountLeft, discountLeft, runsAt } from "#lib/billing/discount";
import { findCurrentSubscription } from "#lib/billing/store";
import { toSubscription } from "#lib/billing/subscription";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { StripeSubscription } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * What is taken off a tenant's plan and how much of it is left. The mirror says whether anything
 * is; Stripe is asked what, since events name a discount by its id alone.
 */
export async function getDiscounts(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<DiscountLeft[]> {
  requirePermission(ctx, "billing:read");

  const current = await view(ctx, async (tx) => {
    const row = await findCurrentSubscription(tx, ctx.tenantId);
    return row && (await hasDiscount(tx, row.id)) ? toSubscription(row) : null;
  });
  if (!current) return [];
  const { id, interval, currentPeriodEnd } = current;
  const now = ctx.now();
  const cycle = { now, interval, nextInvoiceAt: currentPeriodEnd ?? now };
  const running = (await gateway.readDiscounts(id)).filter((one) => runsAt(one, now));
  return running.map((one) => discountLeft(one, cycle));
}

/** Whether the mirror knows of one. */
export async function hasDiscount(tx: Tx, id: string): Promise<boolean> {
  const { object } = await tx.subscription.findUniqueOrThrow({
    where: { id },
    select: { object: true },
  });
  return (object as unknown as StripeSubscription).discounts.length > 0;
}
