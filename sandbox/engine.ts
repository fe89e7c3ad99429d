import { createMatcher, type Match } from "#sandbox/protocol/match";
import type { Routes } from "#sandbox/protocol/route";
import type { Database } from "#sandbox/store/database";
import { createDeliverer, type Deliverer } from "#sandbox/webhooks/deliverer";
import { type Changes, createChanges } from "#sandbox/world/changes";
import { createFaults, type Faults } from "#sandbox/world/faults";
import { createNamespaces, type Namespace, type Namespaces } from "#sandbox/world/namespace";
import { createRateLimits, type RateLimits } from "#sandbox/world/rate-limits";
import { createRequestLog, type RequestLog } from "#sandbox/world/request-log";
import { openWorld, type World } from "#sandbox/world/world";

/** The whole local Stripe, less its HTTP server. */
export interface Engine {
  readonly database: Database;
  readonly namespaces: Namespaces;
  readonly deliverer: Deliverer;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly requestLog: RequestLog;
  readonly changes: Changes;
  /** Idempotency keys whose request is being answered. */
  readonly keysInUse: Set<string>;
  /** API keys that were rolled or revoked. */
  readonly expiredKeys: Set<string>;
  match(method: string, pathname: string): Match;
  /** Work in an account's world, all or nothing, after which its deliveries go out. */
  inWorld<Result>(
    scope: { namespace: Namespace; account?: string; request?: World["request"] },
    work: (world: World) => Result,
  ): Result;
}

/** Puts the parts together around a database and a table of routes. */
export function createEngine(source: {
  database: Database;
  routes: Routes;
  seed: number | undefined;
  origin: () => string;
}): Engine {
  const { database } = source;
  const namespaces = createNamespaces(database, source.seed);
  const faults = createFaults();
  const changes = createChanges();
  const deliverer = createDeliverer({
    database,
    namespaces,
    takeFault: (namespace) => faults.take(namespace, "webhooks")?.kind,
  });
  return {
    database,
    namespaces,
    deliverer,
    faults,
    rateLimits: createRateLimits(),
    requestLog: createRequestLog(),
    changes,
    keysInUse: new Set(),
    expiredKeys: new Set(),
    match: createMatcher(source.routes),
    inWorld({ namespace, account = namespace.account, request }, work) {
      const result = database.transaction(() => {
        const world = openWorld({
          ...{ database, namespace, account, origin: source.origin() },
          ...(request === undefined ? {} : { request }),
        });
        const answer = work(world);
        namespace.keep();
        return answer;
      });
      deliverer.wake();
      changes.tell(namespace.name);
      return result;
    },
  };
}
