import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { nameOf } from "#lib/db/upsert-rows";
import type { Among, Difference, Mirrored, Sampler, Walk } from "#lib/events/converger";
import { compareObjects } from "#lib/mirror/compare-objects";
import { createConverger } from "#lib/mirror/create-converger";
import type { Mirror } from "#lib/mirror/mirror";
import type { StripeObjectType } from "#lib/stripe/object-types";

/** Lets mirrors of a type be compared with Stripe's objects, a few at a time. */
export function createSampler<Stripe>(type: StripeObjectType, mirror: Mirror<Stripe>): Sampler {
  const { fetch, readRows, isWhole } = createConverger(type, mirror, {});
  return {
    ...{ fetch, readRows, isWhole },
    sample: (tx, count) => sample(tx, mirror.table, count),
    walk: (tx, from) => walk(tx, mirror.table, from),
    idsBetween: (tx, among) => idsBetween(tx, mirror.table, among),
    compare: (mirrored, live) => {
      const isGone = live === null || (live as { deleted?: unknown }).deleted === true;
      if (isGone !== mirrored.isDeleted) return [presence(mirrored.isDeleted, isGone)];
      return isGone ? [] : compareObjects(mirrored.object, live, mirror);
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

function walk(tx: Tx, table: string, { account, after, count, tenantId }: Walk) {
  const whose = tenantId === undefined ? Prisma.empty : Prisma.sql`and tenant_id = ${tenantId}`;
  return tx.$queryRaw<Mirrored[]>`
    select account, id, instant, object, is_deleted as "isDeleted" from ${nameOf(table)}
    where account = ${account} and id > ${after} ${whose} order by id limit ${count}`;
}

async function idsBetween(
  tx: Tx,
  table: string,
  { account, from, to, customer }: Among,
): Promise<string[]> {
  const whose = customer === undefined ? Prisma.empty : Prisma.sql`and customer_id = ${customer}`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from ${nameOf(table)} where account = ${account} and not is_deleted ${whose}
      and created_at >= coalesce(${from}::timestamptz, '-infinity')
      and created_at <= coalesce(${to}::timestamptz, 'infinity')`;
  return rows.map(({ id }) => id);
}

function presence(isMirroredGone: boolean, isLiveGone: boolean): Difference {
  const word = (isGone: boolean) => (isGone ? "deleted" : "there");
  return { path: "", mirror: word(isMirroredGone), live: word(isLiveGone) };
}
