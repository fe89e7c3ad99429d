import type { Difference } from "#lib/events/converger";

/** What of a type is no difference: see the mirrors' declarations. */
type Leniency = { silent?: readonly string[]; unordered?: readonly string[] };

/** The fields in which a mirror differs from the live object, but for what means nothing. */
export function compareObjects(
  mirror: unknown,
  live: unknown,
  { silent = [], unordered = [] }: Leniency = {},
): Difference[] {
  const differences = compareAt("", mirror, live, new Set(unordered));
  const isSilent = (path: string) =>
    silent.some((name) => path === name || path.startsWith(`${name}.`));
  return differences.filter(({ path }) => !isSilent(path));
}

function compareAt(
  path: string,
  told: unknown,
  answered: unknown,
  unordered: ReadonlySet<string>,
): Difference[] {
  if (Object.is(told, answered)) return [];
  const [mirror, live] = unordered.has(path) ? [byId(told), byId(answered)] : [told, answered];
  if (!isBranch(mirror) || !isBranch(live) || Array.isArray(mirror) !== Array.isArray(live)) {
    return [{ path, mirror: plain(mirror), live: plain(live) }];
  }
  const names = new Set([...Object.keys(mirror), ...Object.keys(live)]);
  return [...names].flatMap((name) =>
    compareAt(path ? `${path}.${name}` : name, mirror[name], live[name], unordered),
  );
}

function byId(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return (list as { id: string }[]).toSorted(({ id }, { id: other }) => (id < other ? -1 : 1));
}

function plain(value: unknown): Difference["live"] {
  return (value ?? null) as Difference["live"];
}

type Branch = Record<string, unknown>;

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null;
}
