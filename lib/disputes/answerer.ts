import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";

/** Who speaks with a bank: a workspace of its own sales, the platform of what its balance bears. */
export type Answerer = TenantContext | PlatformContext;

/** Refuses whoever may not read of disputes. */
export function requireReader(ctx: Answerer): void {
  if ("tenantId" in ctx) requirePermission(ctx, "payments:read");
  else requirePlatform(ctx, "tenants:read");
}

/** Refuses whoever may not answer one. */
export function requireAnswerer(ctx: Answerer): void {
  if ("tenantId" in ctx) requirePermission(ctx, "disputes:respond");
  else requirePlatform(ctx, "money:update");
}
