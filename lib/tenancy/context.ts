import type { Context } from "#lib/context";
import type { PlatformRole, TenantRole } from "#lib/tenancy/permissions";
import type { Person } from "#lib/tenancy/person";

/** A signed-in person, not inside a tenant. Only `findSession` makes one, from a live session. */
export type PersonContext = Context & {
  readonly userId: string;
  readonly sessionId: string;
  readonly person: Person;
};

/** A member acting inside one tenant. Only `enterTenant` makes one, from a membership row. */
export type TenantContext = Context & {
  readonly tenantId: string;
  readonly tenantSlug: string;
  readonly userId: string;
  readonly role: TenantRole;
};

/** One of the platform's own people in the console. Only `enterPlatform` makes one. */
export type PlatformContext = Context & {
  readonly userId: string;
  readonly platformRole: PlatformRole;
};
