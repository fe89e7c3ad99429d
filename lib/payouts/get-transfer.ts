import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { payoutsOf } from "#lib/payouts/ends";
import { type MoneyMoveView, toMove } from "#lib/payouts/money-move";
import type { Sum } from "#lib/payouts/sum";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** A transfer with both its ends and all that was taken back of it. */
export type TransferPage = {
  id: string;
  amount: Sum;
  returned: Sum;
  createdAt: Date;
  description: string | null;
  tenant: { id: string; name: string } | null;
  accountId: string | null;
  sourceId: string | null;
  thereId: string | null;
  ourPayoutId: string | null;
  theirPayoutId: string | null;
  reversals: { id: string; amount: Sum; at: Date; refundId: string | null }[];
  /** What was asked for here about it. */
  moves: MoneyMoveView[];
};

/** Refuses a transfer nobody has heard of. */
export async function getTransfer(
  ctx: PlatformContext,
  { transferId }: { transferId: string },
): Promise<TransferPage> {
  requirePlatform(ctx, "payouts:read");
  return view(ctx, async (tx) => {
    const where = { account_id: { account: "", id: transferId } };
    const row = await tx.stripeTransfer.findUnique({ where });
    if (!row) throw new Refusal("not_found", "There is no such transfer.");
    const object = row.object as unknown as StripeObjects["transfer"];
    const [accountId, thereId] = [row.destination, idOf(object.destination_payment)];
    const sum = (minor: bigint | null): Sum => ({ minor: minor ?? 0n, currency: row.currency! });
    const reversals = await tx.stripeTransferReversal.findMany({
      ...{ where: { account: "", transferId }, orderBy: { madeAt: "desc" } },
    });
    const tenant = await tx.tenant.findUnique({ where: { id: row.tenantId ?? "" } });
    const ends = await payoutsOf(tx, [
      { account: "", sourceId: transferId },
      { account: accountId ?? "", sourceId: thereId ?? "" },
    ]);
    const moves = await tx.moneyMove.findMany({
      where: { OR: [{ objectId: transferId }, { stripeId: transferId }] },
      orderBy: { requestedAt: "desc" },
    });
    return {
      ...{ id: row.id, amount: sum(row.amountMinor), returned: sum(row.amountReversedMinor) },
      ...{ createdAt: row.createdAt!, description: object.description, accountId, thereId },
      ...{ sourceId: row.sourceTransactionId, moves: moves.map(toMove) },
      tenant: tenant && { id: tenant.id, name: tenant.name },
      ourPayoutId: ends.get(` ${transferId}`) ?? null,
      theirPayoutId: ends.get(`${accountId} ${thereId}`) ?? null,
      reversals: reversals.map(({ id, amountMinor, madeAt, refundId }) => {
        return { id, amount: sum(amountMinor), at: madeAt ?? row.createdAt!, refundId };
      }),
    };
  });
}
