import { Refusal } from "#lib/errors";
import { type DrawOnOurs, drawOnOurs } from "#lib/payouts/draw-on-ours";
import type { TransferInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { accountOfTenant } from "#lib/payouts/platform-account";
import { runMove } from "#lib/payouts/run-move";
import { formatSum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a transfer would do. */
export type TransferPreview = DrawOnOurs & { tenant: string };
type Asked = { tenantId: string; currency: string; minor: bigint };

/** Says what a transfer would leave. Refuses what is not there, or not allowed by the profile. */
export async function previewTransfer(
  ctx: PlatformContext,
  { tenantId, currency, minor }: Asked,
  gateway: StripeGateway = stripeGateway(),
): Promise<TransferPreview> {
  requirePlatform(ctx, "money:update");
  const { name, profile } = await accountOfTenant(ctx, tenantId);
  if (!profile.charges.includes("separate")) {
    const message =
      "Accounts of this profile take their payments themselves; nothing is sent them.";
    throw new Refusal("conflict", message, { field: "tenantId" });
  }
  const draw = await drawOnOurs(gateway, { currency, minor }, (most) => {
    return `At most ${most} of ours can be sent now. A top-up brings more.`;
  });
  return { ...draw, tenant: name };
}

/** Sends money of ours to a tenant's account. Asked again under its key it is the same. */
export async function sendTransfer(
  ctx: PlatformContext,
  input: TransferInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const { key, why, currency, description, seenMinor } = input;
  const { accountId } = await accountOfTenant(ctx, input.tenantId);
  return runMove(ctx, gateway, { key, kind: "transfer", accountId }, async () => {
    const { amount, most, sourceType } = await previewTransfer(ctx, input, gateway);
    if (most.minor !== seenMinor) {
      const message = `The balance changed meanwhile: ${formatSum(most)} can be sent. Look again.`;
      throw new Refusal("conflict", message, { field: "seenMinor" });
    }
    const asked = { accountId, currency, description, amount: toStripeInteger(amount.minor) };
    return { amount, reason: why, ask: { ...asked, ...(sourceType && { sourceType }) } };
  });
}
