import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";
import { readUsage, type UsagePage } from "#lib/usage/get-usage";

/** What a tenant used in its period, as the tenant sees it. */
export async function getTenantUsage(ctx: PlatformContext, tenantId: string): Promise<UsagePage> {
  requirePlatform(ctx, "tenants:read");

  return view(ctx, (tx) => readUsage(tx, { db: ctx.db, now: ctx.now, tenantId }));
}
