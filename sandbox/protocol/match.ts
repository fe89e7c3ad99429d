import type { Path, Route, Routes } from "#sandbox/protocol/route";
import knownRoutes from "./stripe-routes.json" with { type: "json" };

/** Where a request goes: to what is built, to what Stripe has and we have not, or nowhere. */
export type Match =
  | { found: "built"; name: string; route: Route; path: Path }
  | { found: "known"; name: string }
  | { found: "unknown" };

interface Node {
  words: Map<string, Node>;
  id?: { name: string; node: Node };
  name?: string;
}

/** Prepares a table of routes for matching. The known list is every URL the official SDK calls. */
export function createMatcher(built: Routes): (method: string, pathname: string) => Match {
  const roots = new Map<string, Node>();
  for (const name of [...Object.keys(built), ...knownRoutes]) plant(roots, name);

  return (method, pathname) => {
    const root = roots.get(method);
    const words = wordsOf(pathname);
    const hit = root && words && walk(root, words, {});
    if (hit === undefined) return { found: "unknown" };
    const route = built[hit.name];
    return route === undefined
      ? { found: "known", name: hit.name }
      : { found: "built", name: hit.name, route, path: hit.path };
  };
}

// A path that cannot be decoded is nobody's.
function wordsOf(pathname: string): string[] | undefined {
  try {
    return pathname.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function plant(roots: Map<string, Node>, name: string): void {
  const [method = "", pathname = ""] = name.split(" ");
  let here: Node = roots.get(method) ?? { words: new Map() };
  roots.set(method, here);
  for (const word of pathname.split("/").slice(1)) {
    if (word.startsWith(":")) {
      here.id ??= { name: word.slice(1), node: { words: new Map() } };
      here = here.id.node;
    } else {
      const next: Node = here.words.get(word) ?? { words: new Map() };
      here.words.set(word, next);
      here = next;
    }
  }
  here.name ??= name;
}

function walk(node: Node, words: string[], path: Path): { name: string; path: Path } | undefined {
  const [word, ...rest] = words;
  if (word === undefined) return node.name === undefined ? undefined : { name: node.name, path };
  const literal = node.words.get(word);
  const direct = literal && walk(literal, rest, path);
  if (direct !== undefined || node.id === undefined) return direct;
  const name = node.id.name in path ? "sub" : node.id.name;
  return walk(node.id.node, rest, { ...path, [name]: word });
}
