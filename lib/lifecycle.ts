import { Refusal } from "#lib/errors";

/** A table of states: what may happen in each, and where it leads. */
export type Lifecycle<Status extends string, Event extends string> = Record<
  Status,
  Partial<Record<Event, Status>>
>;

/** The state an event leads to. Refuses an event the state does not know, naming both. */
export function advance<Status extends string, Event extends string>(
  lifecycle: Lifecycle<Status, Event>,
  what: string,
  from: Status,
  event: Event,
): Status {
  // Own keys only: "constructor" is no event.
  const to = Object.hasOwn(lifecycle[from], event) ? lifecycle[from][event] : undefined;
  if (to === undefined)
    throw new Refusal("conflict", `This ${what} is ${from}; it cannot ${event}.`);
  return to;
}

/** True where nothing more can happen. */
export function isFinal<Status extends string, Event extends string>(
  lifecycle: Lifecycle<Status, Event>,
  status: Status,
): boolean {
  return Object.keys(lifecycle[status]).length === 0;
}
