import type { Difference } from "#lib/events/converger";

/** The fields in which a mirror differs from the live object, but for those that are `silent`. */
export function compareObjects(
  mirror: unknown,
  live: unknown,
  silent: readonly string[] = [],
): Difference[] {
  return compareAt("", mirror, live).filter(({ path }) => !silent.includes(path));
}

function compareAt(path: string, mirror: unknown, live: unknown): Difference[] {
  if (Object.is(mirror, live)) return [];
  if (!isBranch(mirror) || !isBranch(live) || Array.isArray(mirror) !== Array.isArray(live)) {
    return [{ path, mirror: plain(mirror), live: plain(live) }];
  }
  const names = new Set([...Object.keys(mirror), ...Object.keys(live)]);
  return [...names].flatMap((name) =>
    compareAt(path ? `${path}.${name}` : name, mirror[name], live[name]),
  );
}

function plain(value: unknown): Difference["live"] {
  return (value ?? null) as Difference["live"];
}

type Branch = Record<string, unknown>;

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null;
}
