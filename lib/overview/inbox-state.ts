import type { Tx } from "#lib/db/client";

/** A count that stops at a bound, so that it costs the same however many there are. */
export type Bounded = { count: number; isMore: boolean };

/** How the inbox keeps up: what waits, what died, how fast it goes. */
export type InboxState = {
  waiting: Bounded;
  dead: Bounded;
  /** Events that arrived in the last day. */
  recent: Bounded;
  /** All that are kept, as PostgreSQL estimates them. */
  stored: number;
  /** How long after their arrival the latest thousand were handled. */
  p50Ms: number | null;
  p99Ms: number | null;
  /** Of those that wait for their first try: one that failed is late by its own fault. */
  oldestWaitingMs: number | null;
  /** Events a second, over the last ten. */
  arriving: number;
  /** Events a second, by what the workers say of themselves. */
  handling: number;
  workers: number;
};

export const countedAtMost = 10_000;
const secondsWatched = 10;
const sampleSize = 1_000;

type Row = {
  waiting: number;
  dead: number;
  recent: number;
  stored: number;
  arrived: number;
  handling: number;
  oldest: Date | null;
  workers: number;
};
type Percentiles = { p50Ms: number | null; p99Ms: number | null };

/** Asked now, and at a cost that does not grow with the inbox. */
export async function readInboxState(tx: Tx, now: Date): Promise<InboxState> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const lately = new Date(now.getTime() - secondsWatched * 1000);
  const [row] = await tx.$queryRaw<[Row]>`
    select
      (select count(*)::integer from (select from inbox_waiting
        limit ${countedAtMost + 1}) seen) as waiting,
      (select count(*)::integer from (select from inbox_events
        where dead_at is not null limit ${countedAtMost + 1}) seen) as dead,
      (select count(*)::integer from (select from inbox_events
        where received_at > ${dayAgo} order by received_at desc
        limit ${countedAtMost + 1}) seen) as recent,
      (select count(*)::integer from (select from inbox_events
        where received_at > ${lately} order by received_at desc limit 100000) seen) as arrived,
      (select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 from pg_class c
        join pg_inherits i on i.inhrelid = c.oid
        where i.inhparent = 'inbox_events'::regclass) as stored,
      (select received_at from inbox_waiting where due_at = '-infinity'
        order by received_at limit 1) as oldest,
      (select count(*)::integer from inbox_workers where until > now()) as workers,
      (select coalesce(sum(per_second), 0) from inbox_workers where until > now()) as handling`;
  const { oldest, arrived, stored, ...counts } = row;
  return {
    ...(await readPercentiles(tx)),
    ...{ waiting: bounded(counts.waiting), dead: bounded(counts.dead) },
    ...{ recent: bounded(counts.recent), handling: counts.handling, workers: counts.workers },
    // Until the statistics have caught up, what was counted is the better word.
    stored: Math.max(stored, counts.recent),
    arriving: arrived / secondsWatched,
    oldestWaitingMs: oldest && Math.max(0, now.getTime() - oldest.getTime()),
  };
}

/** Of the newest events; where a backlog lies on top of those that are done, of fewer or none. */
async function readPercentiles(tx: Tx): Promise<Percentiles> {
  const [row] = await tx.$queryRaw<[Percentiles]>`
    with latest as (
      select extract(epoch from handled_at - received_at) * 1000 as ms from (
        select status, received_at, handled_at from inbox_events
        order by received_at desc, id desc limit ${sampleSize * 5}
      ) newest where status = 'done' limit ${sampleSize}
    )
    select percentile_cont(0.5) within group (order by ms)::float8 as "p50Ms",
      percentile_cont(0.99) within group (order by ms)::float8 as "p99Ms" from latest`;
  return row;
}

/** Of a count that went one past the bound at most. */
export function bounded(count: number): Bounded {
  return { count: Math.min(count, countedAtMost), isMore: count > countedAtMost };
}
