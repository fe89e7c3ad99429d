import type { Tx } from "#lib/db/client";
import { nameOf } from "#lib/db/upsert-rows";
import type { Difference, Mirrored, Sampler } from "#lib/events/converger";
import { compareObjects } from "#lib/mirror/compare-objects";
import { createConverger } from "#lib/mirror/create-converger";
import type { Mirror } from "#lib/mirror/mirror";
import type { StripeObjectType } from "#lib/stripe/object-types";

/** Lets mirrors of a type be compared with Stripe's objects, a few at a time. */
export function createSampler<Stripe>(type: StripeObjectType, mirror: Mirror<Stripe>): Sampler {
  const { fetch, readRows } = createConverger(type, mirror, {});
  return {
    ...{ fetch, readRows },
    sample: (tx, count) => sample(tx, mirror.table, count),
    compare: (mirrored, live) => {
      const isGone = live === null || (live as { deleted?: unknown }).deleted === true;
      if (isGone !== mirrored.isDeleted) return [presence(mirrored.isDeleted, isGone)];
      return isGone ? [] : compareObjects(mirrored.object, live, mirror.silent);
    },
  };
}

/** Pages of the table are drawn at random, so however large it has grown, few of them are read. */
async function sample(tx: Tx, table: string, count: number): Promise<Mirrored[]> {
  const [{ rows }] = await tx.$queryRaw<[{ rows: number }]>`
    select reltuples::float8 as rows from pg_class where oid = ${table}::regclass`;
  const percent = rows > count * 10 ? (100 * count * 10) / rows : 100;
  return tx.$queryRaw<Mirrored[]>`
    select account, id, instant, object, is_deleted as "isDeleted"
    from ${nameOf(table)} tablesample system (${percent}::real)
    order by random() limit ${count}`;
}

function presence(isMirroredGone: boolean, isLiveGone: boolean): Difference {
  const word = (isGone: boolean) => (isGone ? "deleted" : "there");
  return { path: "", mirror: word(isMirroredGone), live: word(isLiveGone) };
}
