import type { Db } from "#lib/db/client";
import type { UsageMeter } from "#lib/usage/meter";

type Known = { meters: ReadonlyMap<string, UsageMeter>; readAt: number };

const lifeMs = 10_000;
/** A key nobody knows is looked for again at most this often, whatever is sent. */
const againMs = 500;
const known = new WeakMap<Db, Promise<Known>>();

/**
 * The meters there are, by key; a meter never changes what it counts, so a process may remember
 * them. `wanted` are looked for anew where they are not among those remembered.
 */
export async function knownMeters(
  db: Db,
  wanted: Iterable<string> = [],
): Promise<ReadonlyMap<string, UsageMeter>> {
  const remembered = await known.get(db)?.catch(() => undefined);
  const age = remembered ? performance.now() - remembered.readAt : Number.POSITIVE_INFINITY;
  const isWhole = [...wanted].every((key) => remembered?.meters.has(key));
  if (remembered && age < (isWhole ? lifeMs : againMs)) return remembered.meters;
  const reading = readMeters(db);
  known.set(db, reading);
  return (await reading).meters;
}

async function readMeters(db: Db): Promise<Known> {
  const { rows } = await db.pool.query<UsageMeter>({
    name: "known-meters",
    text: `select key, name, aggregation::text, unit, event_name as "eventName",
      stripe_meter_id as "stripeMeterId" from meters`,
  });
  return { meters: new Map(rows.map((meter) => [meter.key, meter])), readAt: performance.now() };
}
