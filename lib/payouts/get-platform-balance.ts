import { balancesOf, type CurrencyBalance, listPending } from "#lib/payouts/get-balances";
import { nextPayoutDay } from "#lib/payouts/schedule";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PayoutSettings } from "#lib/stripe/gateway-payouts";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type PlatformBalance = {
  readAt: Date;
  currencies: CurrencyBalance[];
  settings: PayoutSettings;
  nextPayoutOn: Date | null;
};

/** What the platform itself has at Stripe, and what is held for accounts it answers for. */
export async function getPlatformBalance(
  ctx: PlatformContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<PlatformBalance> {
  requirePlatform(ctx, "payouts:read");
  const [balance, settings, pending] = await Promise.all([
    gateway.readBalance(""),
    gateway.readPayoutSettings(""),
    listPending(ctx, "", gateway),
  ]);
  return {
    ...{ readAt: ctx.now(), settings, nextPayoutOn: nextPayoutDay(settings, ctx.now()) },
    currencies: balancesOf({ balance, settings, targets: [], pending }),
  };
}
