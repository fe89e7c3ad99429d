import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { createApiKey } from "#lib/tenancy/create-api-key";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asOwner } from "#prisma/seed/people";

/** A key whose secret nobody kept: to look at, rotate and revoke. One that is there stays. */
export async function seedApiKey(ctx: Context, tenant: DemoTenant): Promise<void> {
  if (!tenant.listens) return;
  const known = await view(ctx, async (tx) => {
    const { id } = await tx.tenant.findUniqueOrThrow({ where: { slug: tenant.slug } });
    return tx.apiKey.count({ where: { tenantId: id } });
  });
  if (known > 0) return;
  const name = "Usage reporter";
  await asOwner(ctx, tenant, (member) =>
    createApiKey(member, { name, scopes: ["entitlements:read", "usage:read", "usage:write"] }),
  );
}
