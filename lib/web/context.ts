import { systemClock } from "#lib/clock";
import type { Context } from "#lib/context";
import { type Db, openDb } from "#lib/db/client";
import { env } from "#lib/env";
import { recordBreakers } from "#lib/events/record-breakers";
import { newId } from "#lib/ids";
import { logger } from "#lib/log";
import { breakers } from "#lib/stripe/stripe-client";
import { callerAddress, traceOf } from "#lib/web/origin";

// On globalThis, because a reload in development makes this module again but not the process.
const held = globalThis as { lockstepDb?: Db };

/** The web process's one database. From the first use on, how Stripe answers is kept in it. */
export function db(): Db {
  held.lockstepDb ??= openRecordedDb();
  return held.lockstepDb;
}

function openRecordedDb(): Db {
  const opened = openDb(env().DATABASE_APP_URL);
  const ctx: Context = {
    db: opened,
    now: () => systemClock.now(),
    actor: { kind: "system", name: "web" },
    scope: { kind: "system" },
    origin: {},
    traceId: newId("trace"),
  };
  recordBreakers(ctx, { process: `web-${process.pid}`, breakers }, (error) =>
    logger.warn({ error }, "how requests to Stripe fare could not be kept"),
  );
  return opened;
}

/** Where programs reach the API. */
export function apiUrl(): string {
  return new URL("/api/v1", env().LOCKSTEP_URL).href;
}

/** The context of a request by nobody in particular, from its headers. */
export function contextOf(headers: Headers): Context {
  const ip = callerAddress(headers, env().TRUSTED_PROXIES);
  const userAgent = headers.get("user-agent")?.slice(0, 300);
  return {
    db: db(),
    now: () => systemClock.now(),
    actor: { kind: "system", name: "visitor" },
    scope: { kind: "public" },
    origin: { ...(ip && { ip }), ...(userAgent && { userAgent }) },
    traceId: traceOf(headers) ?? newId("trace"),
  };
}
