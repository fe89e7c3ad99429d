import type { Tx } from "#lib/db/client";

/** How the inbox keeps up: what waits, what died, how long the last day's events took. */
export type InboxState = {
  waiting: number;
  dead: number;
  /** Events handled in the last 24 hours, and how long after their arrival. */
  handled: number;
  p50Ms: number | null;
  p99Ms: number | null;
  /** Of those that wait for their first try: one that failed is late by its own fault. */
  oldestWaitingMs: number | null;
  workers: number;
};

type Row = Omit<InboxState, "oldestWaitingMs"> & { oldest: Date | null };

/** Counted now, from the inbox itself. */
export async function readInboxState(tx: Tx, now: Date): Promise<InboxState> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const [row] = await tx.$queryRaw<[Row]>`
    with recent as (
      select extract(epoch from handled_at - received_at) * 1000 as ms from inbox_events
      where status = 'done' and received_at > ${dayAgo}
    )
    select
      (select count(*)::integer from inbox_events where handled_at is null) as waiting,
      (select count(*)::integer from inbox_events where dead_at is not null) as dead,
      (select min(received_at) from inbox_events
        where handled_at is null and retry_at is null) as oldest,
      (select count(*)::integer from recent) as handled,
      (select percentile_cont(0.5) within group (order by ms)::float8 from recent) as "p50Ms",
      (select percentile_cont(0.99) within group (order by ms)::float8 from recent) as "p99Ms",
      (select count(*)::integer from inbox_workers where until > now()) as workers`;
  const { oldest, ...state } = row;
  return { ...state, oldestWaitingMs: oldest && now.getTime() - oldest.getTime() };
}
