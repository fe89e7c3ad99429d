import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import type { ObjectKey } from "#lib/events/converger";

// What waits is asked for as `handled_at is null`: under row-level security only that finds its
// index (migration unhandled_events says why).

/** One object with events that wait. All of them are one convergence. */
export type Claim = ObjectKey & { partition: number };

/**
 * The objects whose events have been due longest in these partitions, without those in hand. An
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
      select partition, account, object_id as id from (
        select partition, account, object_id, due_at, received_at from inbox_events e
        where handled_at is null and due_at <= ${ctx.now()}
          and partition = any(${partitions}::smallint[])
          and not exists (select from unnest(${inHand}::text[]) as hand (key)
            where hand.key = e.account || ' ' || e.object_id)
        order by due_at, received_at limit ${limit * 4}
      ) due
      group by partition, account, object_id
      order by min(due_at), min(received_at) limit ${limit}`,
  );
}

/** How many events wait whose time has come, in these partitions. */
export async function countDue(ctx: Context, partitions: number[]): Promise<number> {
  const [row] = await view(
    ctx,
    (tx) => tx.$queryRaw<[{ count: number }]>`
      select count(*)::integer as count from inbox_events
      where handled_at is null and due_at <= ${ctx.now()}
        and partition = any(${partitions}::smallint[])`,
  );
  return row.count;
}
