import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { payoutsOf } from "#lib/payouts/ends";
import { type MoneyMoveView, toMove } from "#lib/payouts/money-move";
import type { Sum } from "#lib/payouts/sum";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** An application fee with the payment it is of, and all that was given back of it. */
export type FeePage = {
  id: string;
  amount: Sum;
  returned: Sum;
  createdAt: Date;
  tenant: { id: string; name: string } | null;
  accountId: string | null;
  chargeId: string | null;
  ourPayoutId: string | null;
  refunds: { id: string; amount: Sum; at: Date }[];
  /** What was asked for here about it. */
  moves: MoneyMoveView[];
};

/** Refuses a fee nobody has heard of. */
export async function getFee(ctx: PlatformContext, { feeId }: { feeId: string }): Promise<FeePage> {
  requirePlatform(ctx, "payouts:read");
  return view(ctx, async (tx) => {
    const row = await tx.stripeApplicationFee.findUnique({
      where: { account_id: { account: "", id: feeId } },
    });
    if (!row) throw new Refusal("not_found", "There is no such fee.");
    const object = row.object as unknown as StripeObjects["application_fee"];
    const sum = (minor: bigint | null): Sum => ({ minor: minor ?? 0n, currency: row.currency! });
    const refunds = await tx.stripeFeeRefund.findMany({
      ...{ where: { account: "", feeId }, orderBy: { madeAt: "desc" } },
    });
    const tenant = await tx.tenant.findUnique({ where: { id: row.tenantId ?? "" } });
    const ends = await payoutsOf(tx, [{ account: "", sourceId: feeId }]);
    const moves = await tx.moneyMove.findMany({
      ...{ where: { objectId: feeId }, orderBy: { requestedAt: "desc" } },
    });
    return {
      ...{ id: row.id, amount: sum(row.amountMinor), returned: sum(row.amountRefundedMinor) },
      ...{ createdAt: row.createdAt!, accountId: row.payer, moves: moves.map(toMove) },
      chargeId: idOf(object.originating_transaction) ?? row.chargeId,
      ...{ tenant: tenant && { id: tenant.id, name: tenant.name } },
      ourPayoutId: ends.get(` ${feeId}`) ?? null,
      refunds: refunds.map(({ id, amountMinor, madeAt }) => {
        return { id, amount: sum(amountMinor), at: madeAt ?? row.createdAt! };
      }),
    };
  });
}
