import { RateLimiterPostgres, RateLimiterQueue } from "rate-limiter-flexible";
import type { Db } from "#lib/db/client";
import type { Budget } from "#lib/stripe/budget";

/**
 * A number of requests a second for each account, shared by every process on this database. Only
 * work that can wait (backfill, comparisons, drift) draws on it; live work never waits, and has
 * what is left of Stripe's own limit: 100 a second, 25 in test mode
 * (https://docs.stripe.com/rate-limits).
 */
export function createBudget(db: Db, perSecond: number): Budget {
  const counter = new RateLimiterPostgres({
    ...{ storeClient: db.pool, storeType: "pool", tableName: "rate_limits", tableCreated: true },
    ...{ keyPrefix: "stripe", points: perSecond, duration: 1 },
  });
  const queue = new RateLimiterQueue(counter);
  return {
    waitForTurn: async (account) => {
      await queue.removeTokens(1, keyOf(account));
    },
    rest: async (account, seconds) => {
      await counter.block(keyOf(account), Math.max(1, Math.ceil(seconds)));
    },
  };
}

function keyOf(account: string): string {
  return account || "platform";
}
