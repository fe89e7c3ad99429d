import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { lookUpByKey } from "#lib/db/look-up-by-key";
import { view } from "#lib/db/transaction";
import { queryPrepared } from "#lib/db/wire";
import type { Claim } from "#lib/events/claim";
import { type Converger, type Convergers, keyOf, type Mirrored } from "#lib/events/converger";
import { isAboutAccess } from "#lib/events/delivery";
import { resyncType } from "#lib/events/resync-object";

/** An event that waits. Its body was read only where no newer event of its object waits. */
export type WaitingEvent = {
  id: string;
  type: string;
  account: string;
  objectType: string;
  objectId: string;
  instant: Date;
  attempts: number;
  traceId: string;
  body: Record<string, unknown> | null;
};

/** True of what has Stripe asked whatever the mirror says: by ourselves, or gone and come again. */
export function isAskedAnyway({ type }: Pick<WaitingEvent, "type">): boolean {
  return type === resyncType || isAboutAccess(type);
}

/** All that waits about one object, newest first, and what its mirror holds beside it. */
export type Waiting = {
  claim: Claim;
  events: WaitingEvent[];
  converger: Converger | undefined;
  mirroredAt: Date | undefined;
  /** The mirror's row, read where it speaks for the newest event's instant, or is asked for. */
  mirrored: Mirrored | undefined;
};

const eventsAtOnce = 5_000;
const waitingEvents = `
  with w as materialized (
    select w.id, w.instant, w.received_at, max(w.instant)
      over (partition by w.account, w.object_type, w.object_id) as newest
    from unnest($1::text[], $2::text[]) as c (account, object_id)
    join inbox_waiting w on w.object_id = c.object_id and w.account = c.account
    order by w.instant desc, w.received_at desc limit ${eventsAtOnce}
  )
  select e.id, e.type, e.account, e.object_type as "objectType", e.object_id as "objectId",
    e.instant, e.attempts, e.trace_id as "traceId",
    case when w.instant = w.newest then e.body end as body
  from w join inbox_events e on e.id = w.id and e.instant = w.instant
  order by w.instant desc, w.received_at desc`;

/** Reads what waits about claimed objects, in as many statements as there are types of them. */
export function readWaiting(
  ctx: Context,
  convergers: Convergers,
  claims: readonly Claim[],
): Promise<Waiting[]> {
  return view(ctx, async (tx) => {
    const events = await readEvents(tx, claims);
    const byKey = new Map(claims.map((claim) => [keyOf(claim), claim]));
    const groups = new Map<string, Waiting>();
    for (const event of events) {
      const claim = byKey.get(keyOf({ account: event.account, id: event.objectId }))!;
      const name = `${event.objectType} ${keyOf(claim)}`;
      const group = groups.get(name);
      if (group) group.events.push(event);
      else groups.set(name, newGroup(claim, event, convergers(event.objectType)));
    }
    const waiting = [...groups.values()];
    await readMirrors(tx, waiting);
    return waiting;
  });
}

function newGroup(claim: Claim, event: WaitingEvent, converger: Converger | undefined): Waiting {
  return { claim, events: [event], converger, mirroredAt: undefined, mirrored: undefined };
}

async function readEvents(tx: Tx, claims: readonly Claim[]): Promise<WaitingEvent[]> {
  const accounts = claims.map(({ account }) => account);
  const ids = claims.map(({ id }) => id);
  await lookUpByKey(tx);
  return (await queryPrepared<WaitingEvent>(tx, waitingEvents, [accounts, ids])).rows;
}

async function readMirrors(tx: Tx, waiting: readonly Waiting[]): Promise<void> {
  for (const [converger, group] of byConverger(waiting)) {
    const instants = await converger.readInstants(
      tx,
      group.map(({ claim }) => claim),
    );
    for (const one of group) one.mirroredAt = instants.get(keyOf(one.claim));
    const tied = group.filter(({ mirroredAt, events }) => {
      const isAsked = events.some(isAskedAnyway);
      return mirroredAt && (isAsked || mirroredAt.getTime() === events[0]!.instant.getTime());
    });
    if (tied.length === 0) continue;
    const rows = await converger.readRows(
      tx,
      tied.map(({ claim }) => claim),
    );
    for (const one of tied) one.mirrored = rows.get(keyOf(one.claim));
  }
}

/** What shares a converger is read and written together. */
export function byConverger<T extends { converger: Converger | undefined }>(
  waiting: readonly T[],
): Map<Converger, T[]> {
  const groups = Map.groupBy(waiting, ({ converger }) => converger);
  groups.delete(undefined);
  return groups as Map<Converger, T[]>;
}
