import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";

/** Who reads of payouts: a workspace of its own, the platform of everyone's. */
export type Reader = TenantContext | PlatformContext;

/** Refuses whoever may not read of payouts; answers with whose they may read. */
export function requireReader(ctx: Reader): { tenantId?: string } {
  if ("tenantId" in ctx) {
    requirePermission(ctx, "payouts:read");
    return { tenantId: ctx.tenantId };
  }
  requirePlatform(ctx, "payouts:read");
  return {};
}
