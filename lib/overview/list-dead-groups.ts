import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { errorKey } from "#lib/events/inbox-filter";
import { type Bounded, bounded, countedAtMost } from "#lib/overview/inbox-state";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Dead letters of one type that failed with one error. */
export type DeadGroup = {
  /** The error without its ids and figures. */
  error: string;
  type: string;
  count: number;
  objects: number;
  accounts: number;
  firstAt: Date;
  lastAt: Date;
};

export type DeadGroups = {
  groups: DeadGroup[];
  /** How many dead letters were looked at, the newest first, and whether there are more. */
  looked: number;
  isMore: boolean;
};

const lookedAtMost = 5_000;
const groupsAtMost = 25;

/** What is wrong, the most frequent first: most dead letters share a cause. */
export async function listDeadGroups(ctx: PlatformContext): Promise<DeadGroups> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const window = Prisma.sql`select type, error, object_id, account, received_at from inbox_events
      where dead_at is not null order by received_at desc, id desc limit ${lookedAtMost + 1}`;
    const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
      select count(*)::integer as count from (${window}) e`;
    const groups = await tx.$queryRaw<DeadGroup[]>`
      select coalesce(${errorKey}, '') as error, e.type, count(*)::integer as count,
        count(distinct e.object_id)::integer as objects,
        count(distinct e.account)::integer as accounts,
        min(e.received_at) as "firstAt", max(e.received_at) as "lastAt"
      from (${window}) e group by 1, 2 order by 3 desc, 1, 2 limit ${groupsAtMost}`;
    return { groups, looked: Math.min(count, lookedAtMost), isMore: count > lookedAtMost };
  });
}

/** How many events are dead, however they failed. */
export async function countDead(ctx: PlatformContext): Promise<Bounded> {
  requirePlatform(ctx, "events:read");

  const [{ count }] = await view(
    ctx,
    (tx) => tx.$queryRaw<[{ count: number }]>`
      select count(*)::integer as count from (select from inbox_events
        where dead_at is not null limit ${countedAtMost + 1}) seen`,
  );
  return bounded(count);
}
