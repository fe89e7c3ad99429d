import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import {
  type Condition,
  conditionsOf,
  type InboxFilter,
  sortedAtMost,
} from "#lib/events/inbox-filter";
import type { Keyset } from "#lib/keyset";

const lookedAtMost = 20_000;
const typesProbedAtMost = 100;
// Bodies are left where they lie: what is sorted would carry them along.
const slim = Prisma.sql`e.id, e.endpoint, e.account, e.type, e.object_type, e.object_id,
  e.partition, e.instant, e.received_at, e.status, e.attempts, e.retry_at, e.handled_at,
  e.dead_at, e.error, e.trace_id, e.handled_by, e.reason`;
const withBody = Prisma.sql`${slim}, e.body`;

type Wanted = {
  filter: InboxFilter;
  /** More that is asked of each row. */
  also?: readonly Condition[];
  /** What is read of each beside its id and its time of arrival. */
  columns: Prisma.Sql;
  /** What Stripe sent is asked about, which costs more a row. */
  withBody?: boolean;
  /** Goes on after this row. */
  after: Keyset | null;
  order: "newest" | "oldest";
  limit: number;
  /** How many rows are looked at, at most: rare ones among many are found in several goes. */
  look?: number;
};

/** What a scan found, and where the next one begins; null at the end. */
export type Scan<Row> = {
  rows: Row[];
  next: Keyset | null;
  /** It stopped because it had looked at enough, not because it had found enough. */
  isCut: boolean;
};

type Position = { id: string; received_at: Date };

/**
 * Events that a filter means, in the order they arrived. The narrowest of its conditions that has
 * an index leads, and what it leads to is looked at in order, a bounded number of rows at a time;
 * so a page costs the same in an inbox of a million.
 */
export async function scanInbox<Row>(tx: Tx, wanted: Wanted): Promise<Scan<Row & Position>> {
  const { filter, also = [], columns, after, order, limit, look = lookedAtMost } = wanted;
  const types = filter.type ? await typesOf(tx, filter.type) : null;
  if (types?.length === 0) return { rows: [], next: null, isCut: false };
  const conditions = conditionsOf(filter, types);
  const lead = await narrowest(tx, conditions, look);
  const isBound = (one: Condition) => one === lead || (!one.isIndexed && one.isOrdered);
  const inner = [
    ...conditions.filter(isBound).flatMap(({ sql, leads }) => (leads ? [sql, leads] : [sql])),
    ...beyond(after, order),
  ];
  const outer = [...conditions.filter((one) => !isBound(one)), ...also].map(({ sql }) => sql);

  const direction = order === "newest" ? Prisma.sql`desc` : Prisma.sql`asc`;
  const read = wanted.withBody ? withBody : slim;
  const window = Prisma.sql`select ${read} from inbox_events e ${where(inner)}
    order by e.received_at ${direction}, e.id ${direction} limit ${look}`;
  const rows = await tx.$queryRaw<(Row & Position)[]>`
    select ${columns}, e.id, e.received_at from (${window}) e ${where(outer)} limit ${limit}`;
  if (rows.length === limit) return { rows, next: positionOf(rows.at(-1)!), isCut: false };
  const [end] = await tx.$queryRaw<Position[]>`
    select id, received_at from (${window}) w offset ${look - 1}`;
  return { rows, next: end ? positionOf(end) : null, isCut: Boolean(end) };
}

/** How many events a filter means, counted up to a bound. */
export async function countInbox(
  tx: Tx,
  filter: InboxFilter,
  also: readonly Condition[],
  atMost: number,
): Promise<number> {
  const types = filter.type ? await typesOf(tx, filter.type) : null;
  if (types?.length === 0) return 0;
  const conditions = [...conditionsOf(filter, types), ...also].map(({ sql }) => sql);
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::integer as count
    from (select from inbox_events e ${where(conditions)} limit ${atMost}) counted`;
  return count;
}

/** Which types begin so. The index of types is walked from one to the next, not read through. */
export async function typesOf(tx: Tx, prefix: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ type: string }[]>`
    with recursive known as (
      (select type from inbox_events where type >= ${prefix} order by type limit 1)
      union all
      select (select n.type from inbox_events n where n.type > known.type order by n.type limit 1)
      from known where starts_with(known.type, ${prefix})
    )
    select type from known where starts_with(type, ${prefix}) limit 500`;
  return rows.map(({ type }) => type);
}

/** The condition that leads to the fewest rows; none where each leads to too many, out of order. */
async function narrowest(
  tx: Tx,
  conditions: readonly Condition[],
  look: number,
): Promise<Condition | undefined> {
  const candidates = conditions.filter(({ isIndexed }) => isIndexed);
  const [only] = candidates;
  if (candidates.length === 1 && only?.isOrdered) return only;
  let best: { condition: Condition; count: number } | undefined;
  for (const condition of candidates) {
    const atMost = condition.isOrdered ? look : Math.min(look, sortedAtMost);
    const count = await countUpTo(tx, condition, atMost);
    if (count >= atMost && !condition.isOrdered) continue;
    if (!best || count < best.count) best = { condition, count };
  }
  return best?.condition;
}

/** In the order of an index, so that however frequent it is no more is read than is counted. */
async function countUpTo(tx: Tx, condition: Condition, atMost: number): Promise<number> {
  const { anyOf = [condition.leads ?? condition.sql], isOrdered } = condition;
  if (anyOf.length > typesProbedAtMost) return atMost;
  const order = isOrdered || condition.anyOf ? Prisma.sql`order by e.received_at` : Prisma.empty;
  const parts = anyOf.map(
    (sql) => Prisma.sql`(select from inbox_events e where ${sql} ${order} limit ${atMost})`,
  );
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::integer as count
    from (select from (${Prisma.join(parts, " union all ")}) each limit ${atMost}) counted`;
  return count;
}

/** The first comparison is one an index can begin at; the second decides within one instant. */
function beyond(after: Keyset | null, order: Wanted["order"]): Prisma.Sql[] {
  if (!after) return [];
  const { at, id } = after;
  if (order === "newest") {
    return [Prisma.sql`e.received_at <= ${at} and (e.received_at < ${at} or e.id < ${id})`];
  }
  return [Prisma.sql`e.received_at >= ${at} and (e.received_at > ${at} or e.id > ${id})`];
}

function where(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0
    ? Prisma.sql`where ${Prisma.join([...conditions], " and ")}`
    : Prisma.empty;
}

function positionOf({ received_at: at, id }: Position): Keyset {
  return { at, id };
}
