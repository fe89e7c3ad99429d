import { findAccount } from "#lib/connect/find-account";
import { Refusal } from "#lib/errors";
import type { PayoutInput } from "#lib/payouts/input";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { previewPayout } from "#lib/payouts/preview-payout";
import { runMove } from "#lib/payouts/run-move";
import { formatSum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Pays out of the balance to the bank, never more than is there. Asked again under its key it is
 * the same payout; asked by two at once one is told to look again.
 */
export async function createPayout(
  ctx: TenantContext,
  { key, seenMinor, ...wanted }: PayoutInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePermission(ctx, "payouts:create");
  const { accountId } = await findAccount(ctx, "payouts");
  return runMove(ctx, gateway, { key, kind: "payout", accountId }, async () => {
    const { amount, most, target, sourceType } = await previewPayout(ctx, wanted, gateway);
    if (most.minor !== seenMinor) {
      const there = formatSum(most);
      const message = `The balance changed meanwhile: ${there} can be paid out. Look again.`;
      throw new Refusal("conflict", message, { field: "seenMinor" });
    }
    const { currency, method } = wanted;
    return {
      amount,
      ask: {
        ...{ accountId, currency, method, amount: toStripeInteger(amount.minor) },
        ...{ destination: target.id, ...(sourceType && { sourceType }) },
      },
    };
  });
}
