import type { Db } from "#lib/db/client";
import type { UsageMeter } from "#lib/usage/meter";

type Known = { meters: ReadonlyMap<string, UsageMeter>; readAt: number };

const lifeMs = 10_000;
/** A key nobody knows is looked for again at most this often, whatever is sent. */
const againMs = 500;
const known = new WeakMap<Db, Known>();
const readings = new WeakMap<Db, Promise<Known>>();

/**
 * The meters there are, by key; a meter never changes what it counts, so a process may remember
 * them. `wanted` are looked for anew where they are not among those remembered.
 */
export async function knownMeters(
  db: Db,
  wanted: readonly string[] = [],
): Promise<ReadonlyMap<string, UsageMeter>> {
  return rememberedMeters(db, wanted) ?? (await readOnce(db)).meters;
}

/** The same without a wait, where this process knows them already; else nothing. */
export function rememberedMeters(
  db: Db,
  wanted: readonly string[] = [],
): ReadonlyMap<string, UsageMeter> | undefined {
  const held = known.get(db);
  if (!held) return undefined;
  const life = wanted.every((key) => held.meters.has(key)) ? lifeMs : againMs;
  return performance.now() - held.readAt < life ? held.meters : undefined;
}

/** Has the next request read them anew: one was changed here. */
export function forgetMeters(db: Db): void {
  known.delete(db);
  readings.delete(db);
}

/** Whoever asks while they are being read shares the answer. */
function readOnce(db: Db): Promise<Known> {
  const underWay = readings.get(db);
  if (underWay) return underWay;
  const reading = readMeters(db)
    .then((read) => {
      // What was read before a change was told may be older than the change.
      if (readings.get(db) === reading) known.set(db, read);
      return read;
    })
    .finally(() => {
      if (readings.get(db) === reading) readings.delete(db);
    });
  readings.set(db, reading);
  return reading;
}

async function readMeters(db: Db): Promise<Known> {
  const { rows } = await db.pool.query<UsageMeter>({
    name: "known-meters",
    text: `select key, name, aggregation::text, unit, event_name as "eventName",
      stripe_meter_id as "stripeMeterId", deactivated_at is null as "isActive" from meters`,
  });
  return { meters: new Map(rows.map((meter) => [meter.key, meter])), readAt: performance.now() };
}
