import { Refusal } from "#lib/errors";
import type { DebitInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { accountOfTenant } from "#lib/payouts/platform-account";
import { runMove } from "#lib/payouts/run-move";
import { formatSum, ofCurrency, type Sum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a debit would do. */
export type DebitPreview = {
  amount: Sum;
  tenant: string;
  /** What the account has now: send it as `seenMinor`. */
  available: Sum;
  /** What it has then; below nothing it owes us, until its next payments. */
  leaves: Sum;
};
type Asked = { tenantId: string; currency: string; minor: bigint };

/** Says what an account is left with. Refuses where Stripe bears the account's losses. */
export async function previewDebit(
  ctx: PlatformContext,
  { tenantId, currency, minor }: Asked,
  gateway: StripeGateway = stripeGateway(),
): Promise<DebitPreview> {
  requirePlatform(ctx, "money:update");
  const { name, accountId, profile } = await accountOfTenant(ctx, tenantId);
  if (profile.lossesCollector !== "application") {
    const message = "Stripe bears the losses of this profile, so its accounts cannot be debited.";
    throw new Refusal("conflict", message, { field: "tenantId" });
  }
  const balance = await gateway.readBalance(accountId);
  const available = ofCurrency(balance.available, currency);
  const sum = (amount: bigint): Sum => ({ minor: amount, currency });
  return {
    ...{ amount: sum(minor), tenant: name },
    ...{ available: sum(available), leaves: sum(available - minor) },
  };
}

/** Takes what a tenant owes the platform from its balance, even below nothing. */
export async function debitTenant(
  ctx: PlatformContext,
  input: DebitInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const { key, why, currency, description, seenMinor } = input;
  const { accountId, tenantId } = await accountOfTenant(ctx, input.tenantId);
  return runMove(ctx, gateway, { key, kind: "account_debit", accountId }, async () => {
    const { amount, available } = await previewDebit(ctx, input, gateway);
    if (available.minor !== seenMinor) {
      const there = formatSum(available);
      const message = `Their balance changed meanwhile: it is ${there} now. Look again.`;
      throw new Refusal("conflict", message, { field: "seenMinor" });
    }
    const asked = { accountId, tenantId, currency, description };
    return { amount, reason: why, ask: { ...asked, amount: toStripeInteger(amount.minor) } };
  });
}
