import { asSystem } from "#lib/tenancy/as-system";
import type { PersonContext } from "#lib/tenancy/context";
import { createTenant } from "#lib/tenancy/create-tenant";
import type { FoundTenantInput } from "#lib/tenancy/input";
import { transactUnique } from "#lib/tenancy/transact-unique";

/** A further company of somebody who can already sign in; they become its owner. */
export function foundTenant(
  ctx: PersonContext,
  input: FoundTenantInput,
): Promise<{ tenantId: string; slug: string }> {
  return transactUnique(asSystem(ctx), "tenancy.found-tenant", (tx) =>
    createTenant(tx, ctx, { ...input, ownerId: ctx.userId }),
  );
}
