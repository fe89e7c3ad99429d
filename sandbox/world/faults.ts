/** What can go wrong with a request, on demand. */
export const requestFaults = [
  "429",
  "lock_timeout",
  "500",
  "timeout",
  "slow",
  "drop_after_write",
] as const;
export type RequestFault = (typeof requestFaults)[number];

/** What can go wrong with a webhook, on demand. `reverse` is done by holding and releasing. */
export const webhookFaults = ["duplicate", "reverse", "delay", "drop", "forge", "stale"] as const;
export type WebhookFault = (typeof webhookFaults)[number];

/** One thing that goes wrong, and the headers its answer carries besides Stripe's own. */
export interface Fault {
  kind: string;
  headers?: Record<string, string>;
}

/** Faults waiting to happen. A count runs out; without one they last until cleared. */
export interface Faults {
  add(namespace: string, place: string, fault: Fault, count: number | undefined): void;
  /** Takes one fault for a place, if any waits. */
  take(namespace: string, place: string): Fault | undefined;
  list(namespace: string): (Fault & { place: string; remaining: number | null })[];
  clear(namespace: string, place?: string): void;
}

/** Starts with nothing wrong. */
export function createFaults(): Faults {
  let waiting: (Fault & { namespace: string; place: string; remaining: number })[] = [];
  return {
    add(namespace, place, fault, count) {
      waiting.push({ ...fault, namespace, place, remaining: count ?? Number.POSITIVE_INFINITY });
    },
    take(namespace, place) {
      const fault = waiting.find((each) => each.namespace === namespace && each.place === place);
      if (fault === undefined) return undefined;
      fault.remaining -= 1;
      if (fault.remaining <= 0) waiting = waiting.filter((each) => each !== fault);
      return fault;
    },
    list: (namespace) =>
      waiting
        .filter((each) => each.namespace === namespace)
        .map(({ namespace: _, remaining, ...fault }) => ({
          ...fault,
          remaining: Number.isFinite(remaining) ? remaining : null,
        })),
    clear(namespace, place) {
      waiting = waiting.filter(
        (each) => each.namespace !== namespace || (place !== undefined && each.place !== place),
      );
    },
  };
}
