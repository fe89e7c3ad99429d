import { type EventGroup, eventTypeNames, eventTypes } from "#lib/webhooks/event-types";

export type TypeGroup = { readonly group: EventGroup; readonly types: readonly string[] };

/** The types of each area, in the order they are offered. */
export function typeGroups(): TypeGroup[] {
  const groups = Map.groupBy(eventTypeNames, (name) => eventTypes[name].group);
  return [...groups].map(([group, types]) => ({ group, types }));
}
