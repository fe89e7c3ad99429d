import type { Context } from "#lib/context";
import type { PersonContext } from "#lib/tenancy/context";
import type { Person } from "#lib/tenancy/person";

/**
 * The person behind a session id, as a context of their own. Nothing for a session that is
 * unknown, over or revoked: this is what makes signing out everywhere take effect at once.
 */
export async function findSession(
  ctx: Context,
  sessionId: string,
): Promise<PersonContext | undefined> {
  // Every request asks this, so it is one round trip: app.find_session carries its own scope.
  const { rows } = await ctx.db.pool.query<Person>({
    name: "find-session",
    text: `select id, email, name, is_verified as "isVerified", has_password as "hasPassword",
      platform_role as "platformRole" from app.find_session($1, $2)`,
    values: [sessionId, ctx.now()],
  });
  const [person] = rows;
  if (!person) return undefined;

  const userId = person.id;
  return {
    ...ctx,
    actor: { kind: "person", userId },
    scope: { kind: "person", userId },
    ...{ userId, sessionId, person },
  };
}
