import type { EventGroup } from "#lib/webhooks/event-types";
import { typesOf } from "#lib/webhooks/owner";

export type TypeGroup = { readonly group: EventGroup; readonly types: readonly string[] };

/** The types of each area that an owner can be told of, in the order they are offered. */
export function typeGroups(owner: string): TypeGroup[] {
  const groups = Map.groupBy(Object.entries(typesOf(owner)), ([, { group }]) => group);
  return [...groups].map(([group, types]) => ({ group, types: types.map(([name]) => name) }));
}
