import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { FeeRefundInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { requireLeft } from "#lib/payouts/reverse-transfer";
import { runMove } from "#lib/payouts/run-move";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Gives some or all of an application fee back to the account it was taken from. */
export async function refundFee(
  ctx: PlatformContext,
  { feeId, ...input }: FeeRefundInput & { feeId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const where = { account_id: { account: "", id: feeId } };
  const fee = await view(ctx, (tx) => tx.stripeApplicationFee.findUnique({ where }));
  if (!fee) throw new Refusal("not_found", "There is no such fee.");
  const { key, why, minor, seenMinor } = input;
  const asked = { key, kind: "fee_refund", accountId: fee.payer ?? "", objectId: feeId } as const;
  return runMove(ctx, gateway, asked, async () => {
    const currency = fee.currency!;
    const left = { minor: fee.amountMinor! - fee.amountRefundedMinor!, currency };
    requireLeft(left, { minor, seenMinor });
    const ask = { feeId, amount: toStripeInteger(minor) };
    return { amount: { minor, currency }, reason: why, ask };
  });
}
