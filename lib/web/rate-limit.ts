import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { type Limit, type LimitName, limits } from "#lib/web/limits";

const limiters = new WeakMap<Db, Map<LimitName, RateLimiterPostgres>>();

/**
 * Counts uses of `name` by `who` and refuses past the limit. Counting comes first, so that a
 * burst of parallel tries cannot slip through. Returns the headers that tell a client where it is.
 */
export async function countUse(
  db: Db,
  name: LimitName,
  who: string,
  uses = 1,
): Promise<Record<string, string>> {
  const limit: Limit = limits[name];
  try {
    const { remainingPoints, msBeforeNext } = await limiterOf(db, name).consume(keyOf(who), uses);
    return {
      "ratelimit-policy": `"${name}";q=${limit.points};w=${limit.seconds}`,
      ratelimit: `"${name}";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`,
    };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    const { of = "tries", mend } = limit;
    const message = `Too many ${of}. Try again in ${inWords(retryAfterSeconds)}.`;
    throw new Refusal("too_many", mend ? `${message} ${mend}` : message, { retryAfterSeconds });
  }
}

/** Forgets what was counted: a person who proved who they are has no failures to their name. */
export async function forgiveUses(db: Db, name: LimitName, who: string): Promise<void> {
  await limiterOf(db, name).delete(keyOf(who));
}

function limiterOf(db: Db, name: LimitName): RateLimiterPostgres {
  const ofDb = limiters.get(db) ?? new Map<LimitName, RateLimiterPostgres>();
  limiters.set(db, ofDb);
  const existing = ofDb.get(name);
  if (existing) return existing;

  const { points, seconds } = limits[name];
  const limiter = new RateLimiterPostgres({
    storeClient: db.pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
  });
  ofDb.set(name, limiter);
  return limiter;
}

/** Addresses and e-mails are not kept, only what recognises them. */
function keyOf(who: string): string {
  return createHash("sha256").update(who).digest("base64url");
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} minutes`;
  return `${Math.ceil(seconds / 3600)} hours`;
}
