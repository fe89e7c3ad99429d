import { findAccount } from "#lib/connect/find-account";
import { Refusal } from "#lib/errors";
import { findPayoutFor } from "#lib/payouts/find-payout";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { runMove } from "#lib/payouts/run-move";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Stops a manual payout that has not left yet: the money stays in the balance. */
export async function cancelPayout(
  ctx: TenantContext,
  { payoutId, key }: { payoutId: string; key: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePermission(ctx, "payouts:create");
  const { accountId } = await findAccount(ctx);
  const { account, isAutomatic, currency, amountMinor } = await findPayoutFor(ctx, { payoutId });
  const asked = { key, kind: "payout_cancel", accountId, objectId: payoutId } as const;
  return runMove(ctx, gateway, asked, async () => {
    const ask = { accountId: account, payoutId };
    await requireStoppable(gateway, ask, isAutomatic);
    return { amount: { minor: amountMinor!, currency: currency! }, ask };
  });
}

/** Refuses a payout that Stripe does not stop: one of the schedule's, or one that has left. */
export async function requireStoppable(
  gateway: StripeGateway,
  asked: { accountId: string; payoutId: string },
  isAutomatic: boolean | null,
): Promise<void> {
  if (isAutomatic) {
    const message = "This payout left by the schedule, and Stripe stops none of those.";
    throw new Refusal("conflict", message);
  }
  const status = await gateway.readPayoutStatus(asked);
  if (status !== "pending") {
    const word = status.replace("_", " ");
    throw new Refusal("conflict", `This payout is ${word}, so it cannot be stopped any more.`);
  }
}
