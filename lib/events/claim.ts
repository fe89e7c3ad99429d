import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { queryPrepared } from "#lib/db/wire";
import type { ObjectKey } from "#lib/events/converger";

/** One object with events that wait. All of them are one convergence. */
export type Claim = ObjectKey & { partition: number };

const due = `
  select partition, account, object_id as id from (
    select partition, account, object_id, due_at, received_at from inbox_waiting e
    where due_at <= $1 and partition = any($2::smallint[])
      and e.account || ' ' || e.object_id not in (select unnest($3::text[]))
    order by due_at, received_at limit $4::integer * 4
  ) due
  group by partition, account, object_id
  order by min(due_at), min(received_at) limit $4::integer`;

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
  return view(ctx, async (tx) => {
    const values = [ctx.now(), partitions, inHand, limit];
    return (await queryPrepared<Claim>(tx, due, values)).rows;
  });
}

/** How many events wait whose time has come, in these partitions. */
export async function countDue(ctx: Context, partitions: number[]): Promise<number> {
  const [row] = await view(
    ctx,
    (tx) => tx.$queryRaw<[{ count: number }]>`
      select count(*)::integer as count from inbox_waiting where due_at <= ${ctx.now()}
        and partition = any(${partitions}::smallint[])`,
  );
  return row.count;
}
