import { systemClock } from "#lib/clock";
import type { Context } from "#lib/context";
import { type Db, openDb } from "#lib/db/client";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { callerAddress, traceOf } from "#lib/web/origin";

// On globalThis, because a reload in development makes this module again but not the process.
const held = globalThis as { lockstepDb?: Db };

/** The web process's one database. */
export function db(): Db {
  held.lockstepDb ??= openDb(env().DATABASE_APP_URL);
  return held.lockstepDb;
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
