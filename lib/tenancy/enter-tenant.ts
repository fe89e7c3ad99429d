import { Refusal } from "#lib/errors";
import type { PersonContext, TenantContext } from "#lib/tenancy/context";
import type { TenantRole } from "#lib/tenancy/permissions";

type Membership = { tenantId: string; tenantSlug: string; role: TenantRole };

/**
 * A person's way into a tenant: through a membership, with its role. A tenant one does not belong
 * to answers as one that does not exist, so that addresses tell nothing.
 */
export async function enterTenant(ctx: PersonContext, slug: string): Promise<TenantContext> {
  // Nearly every request asks this, so it is one round trip, as in findSession.
  const { rows } = await ctx.db.pool.query<Membership>({
    name: "find-membership",
    text: `select tenant_id as "tenantId", slug as "tenantSlug", role
      from app.find_membership($1, $2)`,
    values: [ctx.userId, slug],
  });
  const [membership] = rows;
  if (!membership) {
    throw new Refusal("not_found", "There is no such workspace, or you are not in it.");
  }
  const { db, now, actor, origin, traceId, userId } = ctx;
  const { tenantId } = membership;
  return {
    ...{ db, now, actor, origin, traceId, userId },
    ...membership,
    scope: { kind: "tenant", tenantId, userId },
  };
}
