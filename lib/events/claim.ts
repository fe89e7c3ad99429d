import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";

// What waits is asked for as `handled_at is null`: under row-level security only that finds its
// index (migration unhandled_events says why).

/** One object with events that wait. All of them are one convergence. */
export type Claim = { partition: number; account: string; objectId: string };

export function keyOf({ account, objectId }: { account: string; objectId: string }): string {
  return `${account} ${objectId}`;
}

/**
 * The objects whose events have waited longest in these partitions, without those in hand. An
 * object that failed is left alone until its time comes, and others pass it by.
 */
export function claimObjects(
  ctx: Context,
  partitions: number[],
  inHand: string[],
  limit: number,
): Promise<Claim[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Claim[]>`
      select partition, account, object_id as "objectId" from (
        select partition, account, object_id, received_at from inbox_events
        where handled_at is null and partition = any(${partitions}::smallint[])
          and (retry_at is null or retry_at <= ${ctx.now()})
          and account || ' ' || object_id <> all(${inHand}::text[])
        order by received_at limit 2000
      ) due
      group by partition, account, object_id
      order by min(received_at) limit ${limit}`,
  );
}

/** How many events wait whose time has come, in these partitions. */
export async function countDue(ctx: Context, partitions: number[]): Promise<number> {
  const [row] = await view(
    ctx,
    (tx) => tx.$queryRaw<[{ count: number }]>`
      select count(*)::integer as count from inbox_events
      where handled_at is null and partition = any(${partitions}::smallint[])
        and (retry_at is null or retry_at <= ${ctx.now()})`,
  );
  return row.count;
}
