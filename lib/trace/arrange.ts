import { keyOf, type NodeKey, nodeKinds, type Stage, type TraceNode } from "#lib/trace/node";
import type { Trace, TraceEdge, TraceRest } from "#lib/trace/walk";

/** The columns of the picture, from left to right. Entries stand at what they are of. */
export const columns = [
  ...(["usage", "line", "invoice", "payment", "charge", "share", "balance", "payout"] as const),
] as const satisfies readonly Stage[];
export type Column = (typeof columns)[number];

/** A node as it is drawn, with the entries that are of it and what it leaves out. */
export type Card = {
  readonly node: TraceNode;
  readonly entries: readonly TraceNode[];
  readonly rest: readonly TraceRest[];
};
export type Placed = Card & { readonly x: number; readonly y: number; readonly height: number };
type Point = { readonly x: number; readonly y: number };

export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly column: Column; readonly cards: readonly Placed[] }[];
  readonly lines: readonly { readonly key: string; readonly from: Point; readonly to: Point }[];
};

export const cardWidth = 138;
const gapX = 26;
const gapY = 10;
const headHeight = 26;
/** What a card is made of, in pixels: its picture needs no measuring. */
const parts = { frame: 100, entry: 25, rest: 17 };
/** Entries that a card names; the others are a number. */
export const entriesNamed = 3;

/** Every node but the entries, with what belongs at it. An entry of nothing here is by itself. */
export function cardsOf({ start, nodes, edges, rest }: Trace): Card[] {
  const byKey = new Map(nodes.map((node) => [keyOf(node), node]));
  const owned = new Map<string, TraceNode[]>();
  const placed = new Set<string>();
  for (const { from, to, name } of edges) {
    const entry = byKey.get(keyOf(to));
    if (name !== "entered" || !entry) continue;
    owned.set(keyOf(from), [...(owned.get(keyOf(from)) ?? []), entry]);
    placed.add(keyOf(to));
  }
  return nodes
    .filter((node) => !placed.has(keyOf(node)))
    .map((node) => ({
      node,
      // Where it begins at an entry, that is the first to be named.
      entries: (owned.get(keyOf(node)) ?? []).toSorted((left, right) => {
        return Number(keyOf(right) === keyOf(start)) - Number(keyOf(left) === keyOf(start));
      }),
      rest: rest.filter(({ at }) => keyOf(at) === keyOf(node)),
    }));
}

/** Places every card, and draws a line for each edge between two of them. Pure. */
export function arrange(trace: Trace): Picture {
  const cards = cardsOf(trace);
  const used = columns
    .map((column) => ({ column, cards: cards.filter(({ node }) => columnOf(node) === column) }))
    .filter((one) => one.cards.length > 0);
  const places = new Map<string, Placed>();
  const placed = used.map(({ column, cards: inColumn }, index) => {
    let y = headHeight;
    const laid = inOrder(inColumn, trace.edges, places).map((card): Placed => {
      const height = heightOf(card);
      const place = { ...card, x: index * (cardWidth + gapX), y, height };
      y += height + gapY;
      places.set(keyOf(card.node), place);
      return place;
    });
    return { column, cards: laid };
  });
  const bottoms = [...places.values()].map(({ y, height }) => y + height);
  return {
    columns: placed,
    width: Math.max(0, used.length * (cardWidth + gapX) - gapX),
    height: Math.max(headHeight, ...bottoms),
    lines: trace.edges.flatMap((edge) => lineOf(edge, places)),
  };
}

function columnOf({ kind }: NodeKey): Column {
  const { stage } = nodeKinds[kind];
  if (stage === "bank") return "payout";
  return stage === "journal" ? "balance" : stage;
}

/** Each stands about where those are that lead to it, so that lines cross little. */
function inOrder(
  cards: readonly Card[],
  edges: readonly TraceEdge[],
  places: ReadonlyMap<string, Placed>,
): Card[] {
  const heights = new Map(
    cards.map(({ node }) => {
      const key = keyOf(node);
      const near = edges.flatMap(({ from, to }) => {
        const other = keyOf(to) === key ? keyOf(from) : keyOf(from) === key ? keyOf(to) : "";
        return places.get(other)?.y ?? [];
      });
      const sum = near.reduce((total, y) => total + y, 0);
      return [key, near.length ? sum / near.length : Number.MAX_SAFE_INTEGER];
    }),
  );
  const at = ({ node }: Card) => heights.get(keyOf(node))!;
  return cards.toSorted((left, right) => at(left) - at(right));
}

function heightOf({ entries, rest }: Card): number {
  const named = Math.min(entries.length, entriesNamed) + Number(entries.length > entriesNamed);
  return parts.frame + named * parts.entry + rest.length * parts.rest;
}

function lineOf({ from, to, name }: TraceEdge, places: ReadonlyMap<string, Placed>) {
  const [left, right] = [places.get(keyOf(from)), places.get(keyOf(to))];
  if (!left || !right) return [];
  const key = [keyOf(from), keyOf(to), name].join(" > ");
  const middle = ({ y, height }: Placed) => y + height / 2;
  // Within a column it leaves and comes in on the right; else it goes from side to side.
  const isBack = right.x < left.x;
  const start = { x: isBack ? left.x : left.x + cardWidth, y: middle(left) };
  const end = { x: right.x > left.x ? right.x : right.x + cardWidth, y: middle(right) };
  return [{ key, from: start, to: end }];
}

/** A node in the tree that a trace is from where it began, and how it was come to. */
export type Branch = Card & {
  readonly by: { readonly name: TraceEdge["name"]; readonly isForward: boolean } | null;
  readonly children: readonly Branch[];
};

/** The trace as a tree from where it begins: each node once, below the nearest that leads to it. */
export function treeOf(trace: Trace): Branch | null {
  const cards = new Map(cardsOf(trace).map((card) => [keyOf(card.node), card]));
  const seen = new Set<string>();
  const startKey = keyOf(trace.start);
  const owner = trace.edges.find(({ name, to }) => name === "entered" && keyOf(to) === startKey);
  const first = cards.has(startKey) ? startKey : owner ? keyOf(owner.from) : "";
  const parents = new Map<string, { key: string; by: NonNullable<Branch["by"]> }[]>();
  let row = cards.has(first) ? [first] : [];
  seen.add(first);
  while (row.length > 0) {
    const next: string[] = [];
    for (const key of row) {
      for (const { other, by } of aroundOf(trace, key)) {
        if (seen.has(other) || !cards.has(other)) continue;
        seen.add(other);
        parents.set(key, [...(parents.get(key) ?? []), { key: other, by }]);
        next.push(other);
      }
    }
    row = next;
  }
  const grow = (key: string, by: Branch["by"]): Branch => ({
    ...{ ...cards.get(key)!, by },
    children: (parents.get(key) ?? []).map((child) => grow(child.key, child.by)),
  });
  return cards.has(first) ? grow(first, null) : null;
}

function aroundOf({ edges }: Trace, key: string) {
  return edges.flatMap(({ from, to, name }) => {
    if (keyOf(from) === key) return [{ other: keyOf(to), by: { name, isForward: true } }];
    return keyOf(to) === key ? [{ other: keyOf(from), by: { name, isForward: false } }] : [];
  });
}
