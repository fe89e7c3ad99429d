import { underWay } from "#lib/billing/checkout";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";

const graceMs = 600_000;

/**
 * Closes checkouts whose time ran out without Stripe's word reaching us. Stripe is asked first: one
 * that was paid is left to its webhook.
 */
export async function expireCheckouts(ctx: Context, gateway: StripeGateway): Promise<void> {
  const before = new Date(ctx.now().getTime() - graceMs);
  const late = await view(ctx, (tx) =>
    tx.checkout.findMany({
      where: { status: { in: [...underWay] }, expiresAt: { lt: before } },
      take: 100,
    }),
  );
  for (const { id, stripeSessionId } of late) {
    if (!stripeSessionId) continue;
    if ((await gateway.expireCheckoutSession(stripeSessionId)) === "complete") continue;
    await transact(ctx, "billing.expire-checkout", (tx) =>
      tx.checkout.updateMany({ where: { id, status: "open" }, data: { status: "expired" } }),
    );
  }
}
