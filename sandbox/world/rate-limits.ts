import { realNowMs } from "#sandbox/clock";

/** How often an endpoint may be asked, once somebody says so. Real seconds count. */
export interface RateLimits {
  /** Sets or, with undefined, lifts the limit of a namespace. */
  set(namespace: string, perSecond: number | undefined): void;
  of(namespace: string): number | undefined;
  /** Whether one more request to this endpoint of this account is within the limit. */
  allows(namespace: string, endpoint: string): boolean;
}

/** Starts without limits. Each endpoint of each account has a bucket that fills as time goes by. */
export function createRateLimits(): RateLimits {
  const limits = new Map<string, number>();
  const buckets = new Map<string, { left: number; atMs: number }>();
  return {
    set(namespace, perSecond) {
      buckets.clear();
      if (perSecond === undefined) limits.delete(namespace);
      else limits.set(namespace, perSecond);
    },
    of: (namespace) => limits.get(namespace),
    allows(namespace, endpoint) {
      const perSecond = limits.get(namespace);
      if (perSecond === undefined) return true;
      const name = `${namespace} ${endpoint}`;
      const nowMs = realNowMs();
      const bucket = buckets.get(name) ?? { left: perSecond, atMs: nowMs };
      const filled = bucket.left + ((nowMs - bucket.atMs) * perSecond) / 1000;
      const left = Math.min(perSecond, filled);
      buckets.set(name, { left: left >= 1 ? left - 1 : left, atMs: nowMs });
      return left >= 1;
    },
  };
}
