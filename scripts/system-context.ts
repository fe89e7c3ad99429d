import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import { newId } from "#lib/ids";

/** The context of a script that acts for nobody in particular; the audit log shows its name. */
export function systemContext(db: Db, name: string): Context {
  return {
    db,
    now: () => new Date(),
    actor: { kind: "system", name },
    scope: { kind: "system" },
    origin: {},
    traceId: newId("trace"),
  };
}
