import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { queryPrepared } from "#lib/db/wire";
import { partitionCount } from "#lib/events/delivery";

/** The partitions a worker holds, each with the fence it was taken under. */
export type Leases = ReadonlyMap<number, bigint>;

/** Thrown where a worker lost a partition to another; the other does the work. */
export class LeaseLost extends Error {}

/**
 * Says that this worker is alive and how many events it has handled, renews its partitions, gives
 * up what is more than its fair share and takes what nobody holds. Leases are between machines, so
 * the database's clock counts them.
 */
export function renewLeases(
  ctx: Context,
  holder: string,
  leaseMs: number,
  handled = 0n,
): Promise<Leases> {
  return transact(ctx, "events.renew-leases", async (tx) => {
    const until = `${leaseMs} milliseconds`;
    await tx.$executeRaw`insert into inbox_workers as kept (id, until, since, handled)
      values (${holder}, now() + ${until}::interval, now(), ${handled})
      on conflict (id) do update set until = excluded.until, handled = excluded.handled,
        per_second = (excluded.handled - kept.handled)
          / greatest(0.1, extract(epoch from excluded.until - kept.until))`;
    await tx.$executeRaw`delete from inbox_workers where until < now() - interval '1 hour'`;
    const share = await fairShare(tx);

    await tx.$executeRaw`update inbox_leases set holder = null, until = null
      where partition in (select partition from inbox_leases
        where holder = ${holder} order by partition offset ${share})`;
    await tx.$executeRaw`update inbox_leases set until = now() + ${until}::interval
      where holder = ${holder}`;
    await tx.$executeRaw`update inbox_leases
      set holder = ${holder}, until = now() + ${until}::interval, fence = fence + 1
      where partition in (select partition from inbox_leases
        where holder is null or until < now() order by partition
        limit greatest(0, ${share} - (select count(*) from inbox_leases where holder = ${holder}))
        for update skip locked)`;
    const held = await tx.$queryRaw<{ partition: number; fence: bigint }[]>`
      select partition, fence from inbox_leases where holder = ${holder}`;
    return new Map(held.map(({ partition, fence }) => [partition, fence]));
  });
}

async function fairShare(tx: Tx): Promise<number> {
  const [alive] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::integer as count from inbox_workers where until > now()`;
  return Math.ceil(partitionCount / Math.max(1, alive.count));
}

/** Gives everything back at once, so that others need not wait for the time to run out. */
export async function releaseLeases(ctx: Context, holder: string): Promise<void> {
  await transact(ctx, "events.release-leases", async (tx) => {
    await tx.$executeRaw`update inbox_leases set holder = null, until = null
      where holder = ${holder}`;
    await tx.$executeRaw`delete from inbox_workers where id = ${holder}`;
  });
}

const heldLeases = `select from inbox_leases lease
  join unnest($1::smallint[], $2::bigint[]) as mine (partition, fence)
    on mine.partition = lease.partition and mine.fence = lease.fence
  where lease.holder = $3 and lease.until > clock_timestamp()
  order by lease.partition for share of lease`;

/** Inside the transaction of a convergence: holds the leases until it commits, or throws. */
export async function requireLeases(
  tx: Tx,
  partitions: readonly number[],
  { holder, fences }: { holder: string; fences: Leases },
): Promise<void> {
  const expected = partitions.map((partition) => fences.get(partition) ?? -1n);
  const { rowCount: held } = await queryPrepared(tx, heldLeases, [partitions, expected, holder]);
  if ((held ?? 0) < partitions.length) {
    throw new LeaseLost("a partition is another worker's by now");
  }
}
