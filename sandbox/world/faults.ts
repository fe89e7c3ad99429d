/** What can go wrong with a request, on demand. */
export const requestFaults = ["429", "500", "timeout", "slow", "drop_after_write"] as const;
export type RequestFault = (typeof requestFaults)[number];

/** What can go wrong with a webhook, on demand. `reverse` is done by holding and releasing. */
export const webhookFaults = ["duplicate", "reverse", "delay", "drop", "forge", "stale"] as const;
export type WebhookFault = (typeof webhookFaults)[number];

/** Faults waiting to happen. A count runs out; without one they last until cleared. */
export interface Faults {
  add(namespace: string, place: string, kind: string, count: number | undefined): void;
  /** Takes one fault for a place, if any waits. */
  take(namespace: string, place: string): string | undefined;
  list(namespace: string): { place: string; kind: string; remaining: number | null }[];
  clear(namespace: string, place?: string): void;
}

/** Starts with nothing wrong. */
export function createFaults(): Faults {
  let waiting: { namespace: string; place: string; kind: string; remaining: number }[] = [];
  return {
    add(namespace, place, kind, count) {
      waiting.push({ namespace, place, kind, remaining: count ?? Number.POSITIVE_INFINITY });
    },
    take(namespace, place) {
      const fault = waiting.find((each) => each.namespace === namespace && each.place === place);
      if (fault === undefined) return undefined;
      fault.remaining -= 1;
      if (fault.remaining <= 0) waiting = waiting.filter((each) => each !== fault);
      return fault.kind;
    },
    list: (namespace) =>
      waiting
        .filter((each) => each.namespace === namespace)
        .map(({ place, kind, remaining }) => ({
          place,
          kind,
          remaining: Number.isFinite(remaining) ? remaining : null,
        })),
    clear(namespace, place) {
      waiting = waiting.filter(
        (each) => each.namespace !== namespace || (place !== undefined && each.place !== place),
      );
    },
  };
}
