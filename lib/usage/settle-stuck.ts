import { z } from "zod";
import type { Tx } from "#lib/db/client";
import type { UsageFlush } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** `send`: Stripe shall hear of it again. `arrived`: a person saw at Stripe that it has it. */
export const settleStuckInput = z.object({ act: z.enum(["send", "arrived"]) });

/**
 * Settles a meter event that Stripe refused or may have lost. Sent again, it is weighed anew: what
 * Stripe lacks of its time goes out under a new id with the next flush, so that nothing counts
 * twice.
 */
export async function settleStuck(
  ctx: PlatformContext,
  { id, act }: { id: string } & z.output<typeof settleStuckInput>,
): Promise<void> {
  requirePlatform(ctx, "rater:settle");

  await transact(ctx, "usage.settle-stuck", async (tx) => {
    const flush = await tx.usageFlush.findUnique({ where: { id } });
    if (!flush) throw new Refusal("not_found", "There is no such meter event.");
    if (flush.error === null || flush.sentAt !== null) {
      throw new Refusal("conflict", "Somebody settled it already; open the page anew.");
    }
    if (act === "arrived") await keepArrived(tx, ctx, flush);
    else await sendAgain(tx, ctx, flush);
  });
}

async function keepArrived(tx: Tx, ctx: PlatformContext, flush: UsageFlush): Promise<void> {
  if (flush.refusedAt !== null) {
    throw new Refusal("conflict", "Stripe said that it did not count it. Send it again.");
  }
  const data = { sentAt: ctx.now(), error: null };
  await tx.usageFlush.update({ where: { id: flush.id }, data });
}

async function sendAgain(tx: Tx, ctx: PlatformContext, flush: UsageFlush): Promise<void> {
  const { id, tenantId, meterKey, startsAt, endsAt } = flush;
  const data = { refusedAt: flush.refusedAt ?? ctx.now(), error: null };
  await tx.usageFlush.update({ where: { id }, data });
  const { count } = await tx.$queryRaw<{ count: number }[]>`
    with again as (update usage_buckets set is_unsent = true
      where tenant_id = ${tenantId} and meter_key = ${meterKey}
        and hour > ${startsAt}::timestamptz - interval '1 hour' and hour < ${endsAt}
      returning 1) select count(*)::integer as count from again`.then(([row]) => row!);
  if (count === 0) {
    throw new Refusal("gone", "Nothing was used in its time any more: there is nothing to send.");
  }
}
