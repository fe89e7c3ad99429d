import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { Edge } from "#lib/trace/edge";
import { kindOfId, type NodeKey, type NodeKind, nodeKinds, type TraceNode } from "#lib/trace/node";
import { rowOf } from "#lib/trace/read-nodes";

/** One edge, which way, and from where. */
export type Ask = {
  readonly edge: Edge;
  readonly way: "forward" | "backward";
  readonly from: readonly TraceNode[];
};

/** Where an edge leads from one of the nodes it was followed from. */
export type Step<Asked extends Ask = Ask> = {
  readonly ask: Asked;
  readonly at: NodeKey;
  readonly to: readonly NodeKey[];
  /** How many there are; `isLeast`: and then some that were not counted. */
  readonly total: number;
  readonly isLeast: boolean;
};

/** Further than this nobody counts what is not shown. */
const countedAtMost = 1_000;

/**
 * Follows many edges from many nodes in one statement. Of each edge at each node no more than
 * `width` come, and how many are left out is counted up to a thousand.
 */
export async function follow<Asked extends Ask>(
  tx: Tx,
  asks: readonly Asked[],
  width: number,
): Promise<Step<Asked>[]> {
  const parts = asks.flatMap((ask, nth) => {
    const led = statementOf(ask.edge, ask.way);
    return led ? [stepsOf(nth, ask.from, led, width)] : [];
  });
  const rows = parts.length ? await tx.$queryRaw<Row[]>(Prisma.join(parts, " union all ")) : [];
  const byPlace = Map.groupBy(rows, ({ nth, n }) => `${nth} ${n}`);
  return [
    ...asks.flatMap((ask) => (ask.edge[ask.way] === "of" ? sourcesOf(ask) : [])),
    ...[...byPlace.values()].map((led) => toStep(asks[led[0]!.nth]!, led, width)),
  ];
}

type Row = { nth: number; n: number; scope: string; id: string; place: bigint; total: bigint };

function stepsOf(nth: number, from: readonly NodeKey[], led: Prisma.Sql, width: number) {
  const places = from.map((node, n) => ({ n, ...rowOf(node) }));
  return Prisma.sql`(
    select ${nth}::int as nth, w.n, hit.scope, hit.id, hit.place, hit.total
    from json_to_recordset(${JSON.stringify(places)}::json)
        as w (n int, scope text, id text, num bigint)
      cross join lateral (
        select led.*, row_number() over () as place, count(*) over () as total
        from (${led}) led
      ) hit
    where hit.place <= ${Math.max(1, width)})`;
}

/**
 * For this transaction: rows are found one by one by their indexes. A trace asks for few of many,
 * and a table that was small when it was last weighed is no reason to read all of it.
 */
export async function readByIndexes(tx: Tx): Promise<void> {
  await tx.$queryRaw`select set_config('enable_seqscan', 'off', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
}

/** An edge's statement as it is run; null where none is needed. */
export function statementOf(edge: Edge, way: Ask["way"]): Prisma.Sql | null {
  const sql = edge[way];
  return sql === "of" ? null : Prisma.sql`${sql} limit ${countedAtMost + 1}`;
}

function toStep<Asked extends Ask>(ask: Asked, led: readonly Row[], width: number): Step<Asked> {
  const kind: NodeKind = ask.way === "forward" ? ask.edge.to : ask.edge.from[0]!;
  const total = Number(led[0]!.total);
  const inOrder = led.toSorted((left, right) => Number(left.place - right.place));
  const to = inOrder.slice(0, width).map(({ scope, id }) => ({ kind, scope, id }));
  const isLeast = total > countedAtMost;
  return { ask, at: ask.from[led[0]!.n]!, to, total: Math.min(total, countedAtMost), isLeast };
}

/** What nodes themselves name. Where that is another kind of thing the edge is none. */
function sourcesOf<Asked extends Ask>(ask: Asked): Step<Asked>[] {
  return ask.from.flatMap((node) => {
    const source = sourceOf(node);
    if (!source || !ask.edge.from.includes(source.kind)) return [];
    return [{ ask, at: node, to: [source], total: 1, isLeast: false }];
  });
}

/** Where a fee of Stripe's own is from is another edge's to say: it may be another account. */
function sourceOf({ kind: what, of: id, scope: where, name }: TraceNode): NodeKey | null {
  const kind = id === null ? null : kindOfId(id);
  if (id === null || kind === null || (what !== "entry" && name === "stripe_fee")) return null;
  const isPlatforms = nodeKinds[kind].stage === "share" || where === "platform";
  return { kind, scope: isPlatforms ? "" : where, id };
}
