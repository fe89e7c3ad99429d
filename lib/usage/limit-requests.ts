import { env } from "#lib/env";
import { Refusal } from "#lib/errors";

/** Counts requests by key; refuses with how long to wait where a key has sent all it may. */
export type RequestLimit = (keyId: string) => { policy: string; state: string };

const windowMs = 1_000;
let shared: RequestLimit | undefined;

/**
 * A limit of so many requests a second and key, counted in this process alone: a count in the
 * database would be a commit for each, as dear as storing the usage itself. All keys' seconds begin
 * together, so what was counted is dropped whole and nothing grows.
 */
export function createRequestLimit(points: number, clock = () => performance.now()): RequestLimit {
  const policy = `"usage";q=${points};w=1`;
  const used = new Map<string, number>();
  let endsAt = 0;
  return (keyId) => {
    const now = clock();
    if (now >= endsAt) {
      used.clear();
      endsAt = now + windowMs;
    }
    const count = (used.get(keyId) ?? 0) + 1;
    used.set(keyId, count);
    if (count <= points) return { policy, state: `"usage";r=${points - count};t=1` };
    const message = `One key may send ${points} requests a second. Put more events into each.`;
    throw new Refusal("too_many", message, { retryAfterSeconds: 1 });
  };
}

/** The limit of this process, as it is set up. */
export function requestLimit(): RequestLimit {
  shared ??= createRequestLimit(env().USAGE_REQUESTS_PER_SECOND);
  return shared;
}
