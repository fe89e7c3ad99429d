import { Refusal } from "#lib/errors";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";

/** What each role of a tenant may do. A permission without a row does not exist. */
export const tenantPermissions = {
  "tenant:read": ["owner", "admin", "finance", "developer", "member"],
  "tenant:update": ["owner", "admin"],
  "members:read": ["owner", "admin", "finance", "developer", "member"],
  "members:invite": ["owner", "admin"],
  "members:update": ["owner", "admin"],
  "members:remove": ["owner", "admin"],
  "owners:update": ["owner"],
  "seats:assign": ["owner", "admin"],
  "billing:read": ["owner", "admin", "finance"],
  "billing:update": ["owner", "admin", "finance"],
  "entitlements:read": ["owner", "admin", "finance", "developer", "member"],
  "usage:read": ["owner", "admin", "finance", "developer"],
  "usage:write": ["owner", "admin", "developer"],
  "usage:correct": ["owner", "admin", "finance", "developer"],
  "usage:limit": ["owner", "admin", "finance"],
  "connect:read": ["owner", "admin", "finance"],
  "connect:onboard": ["owner", "admin"],
  "payments:read": ["owner", "admin", "finance", "developer"],
  "payments:capture": ["owner", "admin", "finance"],
  "payments:refund": ["owner", "admin", "finance"],
  "payments:sell": ["owner", "admin", "finance", "developer"],
  "disputes:respond": ["owner", "admin", "finance"],
  "payouts:read": ["owner", "admin", "finance"],
  "payouts:create": ["owner", "admin", "finance"],
  "payouts:update": ["owner", "admin"],
  "books:read": ["owner", "admin", "finance"],
  "taxes:update": ["owner", "admin", "finance"],
  "cards:read": ["owner", "admin", "finance"],
  "cards:update": ["owner", "admin"],
  "audit:read": ["owner", "admin"],
  "keys:read": ["owner", "admin", "developer"],
  "keys:update": ["owner", "admin", "developer"],
  "developers:read": ["owner", "admin", "developer"],
  "developers:update": ["owner", "admin", "developer"],
} as const satisfies Record<string, readonly TenantRole[]>;

/** What each role of the platform may do. */
export const platformPermissions = {
  "platform:read": ["admin", "finance", "support", "read_only"],
  "tenants:read": ["admin", "finance", "support", "read_only"],
  "plans:read": ["admin", "finance", "support", "read_only"],
  "plans:update": ["admin"],
  "plans:publish": ["admin"],
  "plans:migrate": ["admin"],
  "coupons:read": ["admin", "finance", "support", "read_only"],
  "coupons:update": ["admin", "finance"],
  "fees:read": ["admin", "finance", "support", "read_only"],
  "fees:update": ["admin", "finance"],
  "seats:decide": ["admin", "support"],
  "events:read": ["admin", "finance", "support", "read_only"],
  "events:replay": ["admin", "support"],
  "invoices:read": ["admin", "finance", "support", "read_only"],
  "money:update": ["admin", "finance"],
  "payouts:read": ["admin", "finance", "support", "read_only"],
  "rater:read": ["admin", "finance", "support", "read_only"],
  "rater:settle": ["admin", "finance"],
  "ledger:read": ["admin", "finance", "support", "read_only"],
  "ledger:close": ["admin", "finance"],
  "reconciliation:read": ["admin", "finance", "support", "read_only"],
  "reconciliation:run": ["admin", "finance"],
  "reconciliation:resolve": ["admin", "finance"],
  "alerts:read": ["admin", "finance", "support", "read_only"],
  "alerts:acknowledge": ["admin", "finance", "support"],
  "webhooks:read": ["admin", "finance"],
  "webhooks:update": ["admin", "finance"],
  "connect:hold": ["admin", "finance"],
  "connect:remind": ["admin", "finance", "support"],
  "connect:policy": ["admin"],
  "audit:read": ["admin", "finance"],
  "system:read": ["admin", "support", "read_only"],
} as const satisfies Record<string, readonly PlatformRole[]>;

export const tenantRoles = ["owner", "admin", "finance", "developer", "member"] as const;
export const platformRoles = ["admin", "finance", "support", "read_only"] as const;

export type TenantRole = (typeof tenantRoles)[number];
export type PlatformRole = (typeof platformRoles)[number];
export type TenantPermission = keyof typeof tenantPermissions;
export type PlatformPermission = keyof typeof platformPermissions;

/** True where the table lists the role. Unknown is no. */
export function mayInTenant(role: TenantRole, permission: TenantPermission): boolean {
  return (tenantPermissions[permission] as readonly string[]).includes(role);
}

export function mayOnPlatform(role: PlatformRole, permission: PlatformPermission): boolean {
  return (platformPermissions[permission] as readonly string[]).includes(role);
}

/** Whether whoever acts may: a key by its scopes, a member by their role. */
export function may(ctx: TenantContext, permission: TenantPermission): boolean {
  return ctx.scopes ? ctx.scopes.includes(permission) : mayInTenant(ctx.role, permission);
}

/** Every verb and read of a tenant begins with this. */
export function requirePermission(ctx: TenantContext, permission: TenantPermission): void {
  if (may(ctx, permission)) return;
  if (ctx.scopes) {
    const message = `This key may not do that: it takes the scope ${permission}.`;
    throw new Refusal("forbidden", message);
  }
  const able = tenantPermissions[permission].join(", ");
  throw new Refusal("forbidden", `Your role is ${ctx.role}; this takes one of: ${able}.`);
}

/** Every verb and read of the console begins with this. */
export function requirePlatform(ctx: PlatformContext, permission: PlatformPermission): void {
  if (mayOnPlatform(ctx.platformRole, permission)) return;
  const able = platformPermissions[permission].join(", ");
  throw new Refusal("forbidden", `Your role is ${ctx.platformRole}; this takes one of: ${able}.`);
}
