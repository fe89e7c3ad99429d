import type { Context } from "#lib/context";
import type { PlatformRole, TenantPermission, TenantRole } from "#lib/tenancy/permissions";
import type { Person } from "#lib/tenancy/person";

/** A signed-in person, not inside a tenant. Only `findSession` makes one, from a live session. */
export type PersonContext = Context & {
  readonly userId: string;
  readonly sessionId: string;
  readonly person: Person;
};

/**
 * Somebody acting inside one tenant: a member, whom `enterTenant` makes from a membership row, or
 * an API key, which `enterByKey` makes from its row. Nothing else makes one.
 */
export type TenantContext = Context & {
  readonly tenantId: string;
  readonly tenantSlug: string;
  /** Who acts: a person, or a key by its own id, which is no person's. */
  readonly userId: string;
  /** A key's is the least there is; its scopes alone say what it may do. */
  readonly role: TenantRole;
  /** Of a key alone: all that it may do. */
  readonly scopes?: readonly TenantPermission[];
};

/** One of the platform's own people in the console. Only `enterPlatform` makes one. */
export type PlatformContext = Context & {
  readonly userId: string;
  readonly platformRole: PlatformRole;
};
