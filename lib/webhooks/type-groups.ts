import { type EventGroup, eventTypeNames, eventTypes } from "#lib/webhooks/event-types";

/** The types of each area, in the order they are offered. */
export function typeGroups(): { group: EventGroup; types: string[] }[] {
  const groups = Map.groupBy(eventTypeNames, (name) => eventTypes[name].group);
  return [...groups].map(([group, types]) => ({ group, types }));
}
