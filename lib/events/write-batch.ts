import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { listLiteral } from "#lib/db/list-literal";
import { lookUpByKey } from "#lib/db/look-up-by-key";
import { transact } from "#lib/db/transaction";
import { queryPrepared } from "#lib/db/wire";
import type { Effects, Fact, Found, Seen } from "#lib/events/converger";
import { requireLeases } from "#lib/events/leases";
import { byConverger, type Waiting } from "#lib/events/read-waiting";
import { resyncType } from "#lib/events/resync-object";

/** Who writes, and under which fence for each partition. */
export type Holding = { holder: string; fences: ReadonlyMap<number, bigint> };

/** An object's events together with what is to be written of it. */
export type Settled = Waiting & { seen: Seen | undefined };

/**
 * Writes many objects in one transaction: mirrors, facts, effects and the states of their events
 * commit together or not at all. Answers how many events are handled with it. Throws `LeaseLost`
 * where another worker has a partition by now.
 */
export async function writeBatch(
  ctx: Context,
  effects: Effects,
  settled: readonly Settled[],
  holding: Holding,
): Promise<number> {
  return transact(ctx, "events.converge", async (tx) => {
    await requireLeases(tx, partitionsOf(settled), holding);
    const found: Found[] = [];
    for (const [converger, group] of byConverger(settled)) {
      const seen = group.flatMap((one) => (one.seen ? [one.seen] : []));
      if (seen.length > 0) found.push(...(await converger.apply(tx, seen, ctx)));
    }
    const facts = await keepNew(tx, found);
    const written = found.map(({ seen }) => seen);
    if (written.length > 0) await effects(tx, facts, ctx, written);
    const handled = await close(tx, settled, holding.holder, ctx.now());
    await settleDrifts(tx, settled, ctx.now());
    return handled;
  });
}

function partitionsOf(settled: readonly Settled[]): number[] {
  return [...new Set(settled.map(({ claim }) => claim.partition))];
}

const keep = `
  insert into facts (reference, kind, tenant_id, object_id, event_id, at, data)
  select reference, kind, tenant_id, object_id, event_id, at, data
  from json_to_recordset($1::json) as row (reference text, kind text,
    tenant_id text, object_id text, event_id text, at timestamptz, data jsonb)
  order by reference
  on conflict (reference) do nothing returning reference`;

/** Keeps the facts that are new, and answers with those alone. */
export async function keepNew(tx: Tx, found: readonly Found[]): Promise<Fact[]> {
  const facts = found.flatMap(({ seen, facts }) => facts.map((fact) => ({ fact, seen })));
  if (facts.length === 0) return [];
  const rows = facts.map(({ fact, seen }) => ({
    ...{ reference: fact.reference, kind: fact.kind, tenant_id: fact.tenantId, data: fact.data },
    ...{ object_id: seen.id, event_id: seen.eventId },
    at: fact.at ?? seen.askedAt ?? seen.instant,
  }));
  const { rows: kept } = await queryPrepared<{ reference: string }>(tx, keep, [
    JSON.stringify(rows),
  ]);
  const references = new Set(kept.map(({ reference }) => reference));
  return facts.map(({ fact }) => fact).filter(({ reference }) => references.delete(reference));
}

const closing = `
  update inbox_events e set status = c.status::inbox_status, handled_at = $4, handled_by = $5,
    retry_at = null, error = null, attempts = e.attempts + 1
  from unnest($1::text[], $2::timestamptz[], $3::text[]) as c (id, instant, status)
  -- Not "is null": few rows are, so the planner would read them all for each of these.
  where e.id = c.id and e.instant = c.instant
    and coalesce(e.handled_at, '-infinity') <= '-infinity'`;

/** What nobody mirrors is kept and said to be ignored; the rest is done. */
async function close(
  tx: Tx,
  settled: readonly Settled[],
  holder: string,
  now: Date,
): Promise<number> {
  const events = settled.flatMap(({ events, converger }) =>
    events.map(({ id, instant }) => ({ id, instant, status: converger ? "done" : "ignored" })),
  );
  await lookUpByKey(tx);
  const { rowCount: handled } = await queryPrepared(tx, closing, [
    ...[listLiteral(events.map(({ id }) => id)), listLiteral(events.map(({ instant }) => instant))],
    ...[listLiteral(events.map(({ status }) => status)), now, holder],
  ]);
  await queryPrepared(tx, "select pg_notify('inbox_done', '')", []);
  return handled ?? 0;
}

/** A mirror that was asked for again is as Stripe has it, so what was found of it is settled. */
async function settleDrifts(tx: Tx, settled: readonly Settled[], now: Date): Promise<void> {
  const asked = settled.filter(({ events }) => events.some(({ type }) => type === resyncType));
  if (asked.length === 0) return;
  await tx.$executeRaw`update drifts d set status = 'settled', settled_at = ${now}
    from unnest(${asked.map(({ claim }) => claim.account)}::text[],
      ${asked.map(({ events }) => events[0]!.objectType)}::text[],
      ${asked.map(({ claim }) => claim.id)}::text[]) as c (account, object_type, object_id)
    where d.account = c.account and d.object_type = c.object_type and d.object_id = c.object_id
      and d.status in ('proposed', 'repairing')`;
}
