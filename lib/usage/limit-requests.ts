import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";

let shared: RateLimiterMemory | undefined;

/**
 * Counts a key's requests, in this process alone: a count in the database would be a commit for
 * each, as dear as storing the usage itself. Answers with the headers that tell where one is.
 */
export async function limitRequests(
  keyId: string,
  limiter?: RateLimiterMemory,
): Promise<Record<string, string>> {
  shared ??= new RateLimiterMemory({ points: env().USAGE_REQUESTS_PER_SECOND, duration: 1 });
  const used = limiter ?? shared;
  try {
    const { remainingPoints, msBeforeNext } = await used.consume(keyId);
    return {
      "ratelimit-policy": `"usage";q=${used.points};w=1`,
      ratelimit: `"usage";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`,
    };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const message = `One key may send ${used.points} requests a second. Put more events into each.`;
    throw new Refusal("too_many", message, { retryAfterSeconds: 1 });
  }
}
