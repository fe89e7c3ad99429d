import { asSystem } from "#lib/tenancy/as-system";
import type { TenantContext } from "#lib/tenancy/context";
import { requireFreeSlug } from "#lib/tenancy/create-tenant";
import type { UpdateTenantInput } from "#lib/tenancy/input";
import { requirePermission } from "#lib/tenancy/permissions";
import { transactUnique } from "#lib/tenancy/transact-unique";

/** Changes a tenant's name or address. With a new address the old one answers to nobody. */
export async function updateTenant(
  ctx: TenantContext,
  input: UpdateTenantInput,
): Promise<{ slug: string }> {
  requirePermission(ctx, "tenant:update");
  const { name, slug } = input;

  // With the system's reach, because whether an address is taken is a question about all tenants.
  await transactUnique(asSystem(ctx), "tenancy.update-tenant", async (tx) => {
    const isNew = slug !== undefined && slug !== ctx.tenantSlug;
    await tx.tenant.update({
      where: { id: ctx.tenantId },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(isNew ? { slug: await requireFreeSlug(tx, slug) } : {}),
      },
    });
  });
  return { slug: slug ?? ctx.tenantSlug };
}
