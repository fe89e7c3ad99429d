import type { Engine } from "#sandbox/engine";
import type { Namespace } from "#sandbox/world/namespace";

/** Whether anything has happened in a world yet. Its time only moves forward once it has. */
export function hasHistory({ database }: Engine, { name }: Namespace): boolean {
  const event = "SELECT 1 FROM objects WHERE namespace = ? AND kind = 'event' LIMIT 1";
  return database.one(event, name) !== undefined;
}

/** Whether a world holds nothing at all: not even an endpoint or a setting, which tell no event. */
export function isUntouched({ database }: Engine, { name }: Namespace): boolean {
  return database.one("SELECT 1 FROM objects WHERE namespace = ? LIMIT 1", name) === undefined;
}
