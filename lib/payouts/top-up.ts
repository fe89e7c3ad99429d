import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { ActInput, TopupInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { runMove } from "#lib/payouts/run-move";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Brings money from the platform's bank into its balance. It comes in some days. */
export async function topUp(
  ctx: PlatformContext,
  { key, why, currency, minor, description }: TopupInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  return runMove(ctx, gateway, { key, kind: "topup", accountId: "" }, async () => ({
    ...{ amount: { minor, currency }, reason: why },
    ask: { amount: toStripeInteger(minor), currency, description },
  }));
}

/** Calls a top-up off while it is under way. */
export async function cancelTopUp(
  ctx: PlatformContext,
  { topupId, key, why }: ActInput & { topupId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const where = { account_id: { account: "", id: topupId } };
  const topup = await view(ctx, (tx) => tx.stripeTopup.findUnique({ where }));
  if (!topup) throw new Refusal("not_found", "There is no such top-up.");
  const asked = { key, kind: "topup_cancel", accountId: "", objectId: topupId } as const;
  return runMove(ctx, gateway, asked, async () => {
    const status = await gateway.readTopupStatus({ topupId });
    if (status !== "pending") {
      throw new Refusal("conflict", `This top-up is ${status}, so it cannot be called off.`);
    }
    const amount = { minor: topup.amountMinor!, currency: topup.currency! };
    return { amount, reason: why, ask: { topupId } };
  });
}
