import type { Actor, Context } from "#lib/context";

/**
 * The same request with the system's reach. For the few acts that happen where nobody has a place
 * yet: signing up, signing in, opening a link from a mail. The actor stays whoever acts.
 */
export function asSystem(ctx: Context, actor: Actor = ctx.actor): Context {
  const { db, now, origin, traceId, attempt } = ctx;
  const same = { db, now, origin, traceId, ...(attempt && { attempt }) };
  return { ...same, actor, scope: { kind: "system" } };
}
