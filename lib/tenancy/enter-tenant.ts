import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PersonContext, TenantContext } from "#lib/tenancy/context";

/**
 * A person's way into a tenant: through a membership, with its role. A tenant one does not belong
 * to answers as one that does not exist, so that addresses tell nothing.
 */
export async function enterTenant(ctx: PersonContext, slug: string): Promise<TenantContext> {
  const member = await view(ctx, (tx) =>
    tx.member.findFirst({
      where: { userId: ctx.userId, tenant: { slug } },
      include: { tenant: { select: { slug: true } } },
    }),
  );
  if (!member) throw new Refusal("not_found", "There is no such workspace, or you are not in it.");

  const { db, now, actor, origin, traceId, userId } = ctx;
  const { tenantId, role, tenant } = member;
  return {
    ...{ db, now, actor, origin, traceId, userId, tenantId, role },
    tenantSlug: tenant.slug,
    scope: { kind: "tenant", tenantId, userId },
  };
}
