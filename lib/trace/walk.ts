import type { Tx } from "#lib/db/client";
import type { Edge, EdgeName } from "#lib/trace/edge";
import { edges } from "#lib/trace/edges";
import { type Ask, follow, type Step } from "#lib/trace/follow";
import { keyOf, type NodeKey, type NodeKind, type TraceNode } from "#lib/trace/node";
import { readNodes, type Whose } from "#lib/trace/read-nodes";

/** One thing led to another. From left to right, whichever way it was walked. */
export type TraceEdge = { readonly from: NodeKey; readonly to: NodeKey; readonly name: EdgeName };

/** What is not shown at a node: so many more by this edge. */
export type TraceRest = {
  readonly at: NodeKey;
  readonly name: EdgeName;
  /** `more`: they are part of this trace. `beside`: they are not; the node holds them too. */
  readonly why: "more" | "beside";
  readonly count: number;
  readonly isLeast: boolean;
};

export type Trace = {
  readonly start: NodeKey;
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly rest: readonly TraceRest[];
  /** It goes on past what was read. */
  readonly isCut: boolean;
};

export type Bounds = {
  /** How many of each edge at each node are followed. */
  readonly width: number;
  readonly mayShow: (kind: NodeKind) => boolean;
};

const stepsAtMost = 14;
const nodesAtMost = 400;

/** A node on the edge of what is known, and whether it was come up into from within. */
type Waiting = { node: TraceNode; isAbove: boolean; by: EdgeName | null };
type Asked = Ask & { isAbove: boolean };
/** What is known so far, each by its own text. */
type Known = {
  nodes: Map<string, TraceNode>;
  above: Map<string, boolean>;
  joined: Map<string, TraceEdge>;
  cut: Map<string, Step<Asked>>;
};

/**
 * Everything a node leads to, both ways, breadth first. Whoever comes up into what holds many does
 * not go down again, so a way goes down first and then up: the same from either of its ends.
 */
export async function walk(tx: Tx, whose: Whose, start: TraceNode, bounds: Bounds): Promise<Trace> {
  const known: Known = {
    nodes: new Map([[keyOf(start), start]]),
    above: new Map([[keyOf(start), false]]),
    ...{ joined: new Map(), cut: new Map() },
  };
  let waiting: Waiting[] = [{ node: start, isAbove: false, by: null }];
  let isFull = false;
  for (let steps = 0; steps < stepsAtMost && waiting.length > 0; steps += 1) {
    const found = await followAll(tx, waiting, bounds);
    const fresh = freshOf(found, known, bounds);
    const room = nodesAtMost - known.nodes.size;
    isFull ||= fresh.length > room;
    for (const node of await readFresh(tx, whose, fresh.slice(0, room))) {
      known.nodes.set(keyOf(node), node);
    }
    waiting = found.flatMap((one) => keep(known, one));
  }
  return {
    start: bare(start),
    nodes: [...known.nodes.values()],
    edges: [...known.joined.values()],
    rest: [...restOf(known, known.cut.values(), "more"), ...(await readBeside(tx, known))],
    isCut: isFull || waiting.length > 0,
  };
}

const bare = ({ kind, scope, id }: NodeKey): NodeKey => ({ kind, scope, id });

function freshOf(found: readonly Step<Asked>[], { nodes }: Known, { mayShow }: Bounds): NodeKey[] {
  const keys = found.flatMap(({ to }) => to).filter(({ kind }) => mayShow(kind));
  const byKey = new Map(keys.map((key) => [keyOf(key), key]));
  return [...byKey].filter(([key]) => !nodes.has(key)).map(([, key]) => key);
}

/** Keeps where a step led, and answers with what is to be gone on from. */
function keep({ nodes, above, joined, cut }: Known, step: Step<Asked>): Waiting[] {
  const { at } = step;
  const { edge, way, isAbove } = step.ask;
  const name = edge.name;
  if (step.total > step.to.length) cut.set([keyOf(at), name, way].join(" "), step);
  return step.to.flatMap((to): Waiting[] => {
    const node = nodes.get(keyOf(to));
    if (!node) return [];
    const [left, right] = way === "forward" ? [at, to] : [to, at];
    const key = [keyOf(left), keyOf(right), name].join(" > ");
    joined.set(key, { from: bare(left), to: bare(right), name });
    const was = above.get(keyOf(to));
    if (was !== undefined && (!was || isAbove)) return [];
    above.set(keyOf(to), isAbove);
    return [{ node, isAbove, by: way === "forward" ? name : null }];
  });
}

function followAll(
  tx: Tx,
  waiting: readonly Waiting[],
  { width, mayShow }: Bounds,
): Promise<Step<Asked>[]> {
  const here = waiting.filter(({ node }) => node.note !== "missing");
  const asks = edges.flatMap((edge) =>
    [false, true].flatMap((isAbove): Asked[] => {
      const on = here.filter((one) => one.isAbove === isAbove && edge.from.includes(one.node.kind));
      const back = here.filter((one) => one.isAbove === isAbove && isAskedBack(edge, one));
      const ask = (way: Ask["way"], from: readonly Waiting[], above: boolean) =>
        from.length ? [{ edge, way, from: from.map(({ node }) => node), isAbove: above }] : [];
      return [
        ...(mayShow(edge.to) ? ask("forward", on, isAbove || edge.gathers === true) : []),
        ...(edge.from.some(mayShow) ? ask("backward", back, isAbove) : []),
      ];
    }),
  );
  return follow(tx, asks, width);
}

/** Not down again where it came up, nor back to the one thing it is of and was come from. */
function isAskedBack(edge: Edge, { node, isAbove, by }: Waiting): boolean {
  const isKnown = edge.backward === "of" && by === edge.name;
  return edge.to === node.kind && !isKnown && !(edge.gathers && isAbove);
}

/** What was referred to and is not mirrored is shown as missing; behind a wall it is nothing. */
async function readFresh(tx: Tx, whose: Whose, keys: readonly NodeKey[]): Promise<TraceNode[]> {
  const read = await readNodes(tx, whose, keys);
  if (whose.tenantId !== undefined) return [...read.values()];
  return keys.map((key) => read.get(keyOf(key)) ?? missing(key));
}

function missing(key: NodeKey): TraceNode {
  const nothing = { tenantId: null, at: null, amount: null, quantity: null, counted: null };
  return { ...key, ...nothing, state: null, name: null, note: "missing", of: null };
}

/** Of what was come up into: what it holds beside those of this trace. */
async function readBeside(tx: Tx, known: Known): Promise<TraceRest[]> {
  const holders = [...known.nodes].flatMap(([key, node]) => (known.above.get(key) ? [node] : []));
  const asks = edges.flatMap((edge): Ask[] => {
    const from = holders.filter(({ kind }) => edge.gathers && edge.to === kind);
    return from.length ? [{ edge, way: "backward", from }] : [];
  });
  return restOf(known, await follow(tx, asks, 0), "beside");
}

/** How many of what was counted are not among what was found, by whichever way. */
function restOf({ joined }: Known, steps: Iterable<Step>, why: TraceRest["why"]): TraceRest[] {
  const counts = new Map<string, number>();
  for (const { from, to, name } of joined.values()) {
    for (const side of [`forward ${keyOf(from)} ${name}`, `backward ${keyOf(to)} ${name}`]) {
      counts.set(side, (counts.get(side) ?? 0) + 1);
    }
  }
  return [...steps].flatMap(({ ask, at, total, isLeast }): TraceRest[] => {
    const name = ask.edge.name;
    const count = total - (counts.get(`${ask.way} ${keyOf(at)} ${name}`) ?? 0);
    return count > 0 ? [{ at: bare(at), name, why, count, isLeast }] : [];
  });
}
