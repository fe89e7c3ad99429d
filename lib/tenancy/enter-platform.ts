import { Refusal } from "#lib/errors";
import type { PersonContext, PlatformContext } from "#lib/tenancy/context";

/** The way into the console, for the platform's own people. To anyone else it does not exist. */
export function enterPlatform(ctx: PersonContext): PlatformContext {
  const { platformRole } = ctx.person;
  if (!platformRole) throw new Refusal("not_found", "There is nothing here.");

  const { db, now, actor, origin, traceId, userId } = ctx;
  return {
    ...{ db, now, actor, origin, traceId, userId, platformRole },
    scope: { kind: "platform", userId },
  };
}
