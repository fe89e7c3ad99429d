import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { SeatChargeReason } from "#lib/db/generated/client";
import { newId } from "#lib/ids";
import type { Money } from "#lib/money/money";
import type { Pool } from "#lib/seats/pool";
import { readSeatTerms } from "#lib/seats/price-seats";
import { costOfExtra } from "#lib/seats/seat-charge";
import type { StripeSubscription } from "#lib/stripe/objects";
import { instantFrom } from "#lib/stripe/objects";

type Over = { why: SeatChargeReason; bought: number; to: Date };

/**
 * Writes down what the extra seats of a pool cost up to an instant that no proration reaches any
 * more; a job puts it on the next invoice. Once, by when they began. Null where nothing is owed.
 */
export async function writeSeatCharge(
  tx: Tx,
  ctx: Context,
  pool: Pool,
  { why, bought, to }: Over,
): Promise<Money | null> {
  const { id: poolId, tenantId, subscriptionId, sync } = pool;
  const { peakSince: from, peakSeats: most } = sync;
  if (from === null || most === null || most <= bought || from >= to) return null;
  const terms = await readSeatTerms(tx, subscriptionId);
  if (!terms) return null;

  const { object } = await tx.subscription.findUniqueOrThrow({
    where: { id: subscriptionId },
    select: { object: true },
  });
  const cost = costOfExtra(terms, { bought, most, from, to }, cycleOf(object as unknown as Cycled));
  if (cost.minor === 0n) return null;
  await tx.seatCharge.createMany({
    data: [
      {
        id: newId("seatCharge", ctx.now()),
        ...{ tenantId, poolId, subscriptionId, why, seats: most - bought },
        ...{ startsAt: from, endsAt: to, amountMinor: cost.minor, currency: cost.currency },
        createdAt: ctx.now(),
      },
    ],
    skipDuplicates: true,
  });
  return cost;
}

type Cycled = Pick<StripeSubscription, "billing_cycle_anchor" | "trial_end">;

function cycleOf({ billing_cycle_anchor: anchor, trial_end: trialEnd }: Cycled) {
  return {
    anchor: instantFrom(anchor),
    trialEnd: trialEnd === null ? null : instantFrom(trialEnd),
  };
}
