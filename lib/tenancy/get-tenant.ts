import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** The workspace itself. For a program: whose its key is. */
export async function getTenant(
  ctx: TenantContext,
): Promise<{ id: string; slug: string; name: string; country: string; createdAt: Date }> {
  requirePermission(ctx, "tenant:read");

  return view(ctx, (tx) =>
    tx.tenant.findUniqueOrThrow({
      where: { id: ctx.tenantId },
      select: { id: true, slug: true, name: true, country: true, createdAt: true },
    }),
  );
}
