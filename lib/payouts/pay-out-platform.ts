import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { requireStoppable } from "#lib/payouts/cancel-payout";
import { type DrawOnOurs, drawOnOurs } from "#lib/payouts/draw-on-ours";
import type { ActInput, PlatformPayoutInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { runMove } from "#lib/payouts/run-move";
import { formatSum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Says what a payout to the platform's bank leaves. What is held for accounts whose losses the
 * platform bears is not available, so it is never paid out.
 */
export async function previewPlatformPayout(
  ctx: PlatformContext,
  { currency, minor }: { currency: string; minor: bigint },
  gateway: StripeGateway = stripeGateway(),
): Promise<DrawOnOurs> {
  requirePlatform(ctx, "money:update");
  return drawOnOurs(gateway, { currency, minor }, (most) => {
    return `At most ${most} of ours can be paid out now.`;
  });
}

/** Pays out of the platform's balance to its bank: to the account Stripe has for the currency. */
export async function payOutPlatform(
  ctx: PlatformContext,
  { key, why, seenMinor, ...wanted }: PlatformPayoutInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  return runMove(ctx, gateway, { key, kind: "payout", accountId: "" }, async () => {
    const { amount, most, sourceType } = await previewPlatformPayout(ctx, wanted, gateway);
    if (most.minor !== seenMinor) {
      const there = formatSum(most);
      const message = `The balance changed meanwhile: ${there} can be paid out. Look again.`;
      throw new Refusal("conflict", message, { field: "seenMinor" });
    }
    const { currency } = wanted;
    const sent = { accountId: "", currency, method: "standard" as const };
    const ask = { ...sent, amount: toStripeInteger(amount.minor) };
    return { amount, reason: why, ask: { ...ask, ...(sourceType && { sourceType }) } };
  });
}

/** Stops a payout of the platform's own that has not left: the money stays in its balance. */
export async function cancelPlatformPayout(
  ctx: PlatformContext,
  { payoutId, key, why }: ActInput & { payoutId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const where = { account_id: { account: "", id: payoutId } };
  const payout = await view(ctx, (tx) => tx.stripePayout.findUnique({ where }));
  if (!payout) throw new Refusal("not_found", "There is no such payout of ours.");
  const asked = { key, kind: "payout_cancel", accountId: "", objectId: payoutId } as const;
  return runMove(ctx, gateway, asked, async () => {
    await requireStoppable(gateway, { accountId: "", payoutId }, payout.isAutomatic);
    const amount = { minor: payout.amountMinor!, currency: payout.currency! };
    return { amount, reason: why, ask: { accountId: "", payoutId } };
  });
}
