import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { ReversalInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { runMove } from "#lib/payouts/run-move";
import { formatSum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Takes some or all of a transfer back, never more than is left of it. */
export async function reverseTransfer(
  ctx: PlatformContext,
  { transferId, ...input }: ReversalInput & { transferId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const where = { account_id: { account: "", id: transferId } };
  const transfer = await view(ctx, (tx) => tx.stripeTransfer.findUnique({ where }));
  if (!transfer) throw new Refusal("not_found", "There is no such transfer.");
  const { key, why, minor, seenMinor, refundsFee } = input;
  const accountId = transfer.destination ?? "";
  const asked = { key, kind: "transfer_reversal", accountId, objectId: transferId } as const;
  return runMove(ctx, gateway, asked, async () => {
    const currency = transfer.currency!;
    const left = transfer.amountMinor! - transfer.amountReversedMinor!;
    requireLeft({ minor: left, currency }, { minor, seenMinor });
    return {
      ...{ amount: { minor, currency }, reason: why },
      ask: { transferId, amount: toStripeInteger(minor), refundsFee },
    };
  });
}

/** Refuses more than is left, and what somebody else was faster at. */
export function requireLeft(
  left: { minor: bigint; currency: string },
  { minor, seenMinor }: { minor: bigint; seenMinor: bigint },
): void {
  const words = formatSum(left);
  if (left.minor === 0n) throw new Refusal("conflict", "All of it was taken back already.");
  if (minor > left.minor) {
    throw new Refusal("invalid", `At most ${words} is left.`, { field: "minor" });
  }
  if (left.minor !== seenMinor) {
    const message = `Somebody else took some of it back meanwhile: ${words} is left. Look again.`;
    throw new Refusal("conflict", message, { field: "seenMinor" });
  }
}
