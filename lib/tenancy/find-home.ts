import type { PersonContext } from "#lib/tenancy/context";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";

/** Where a person belongs after signing in: their workspace, the console, or naming a company. */
export async function findHome(ctx: PersonContext): Promise<string> {
  const [tenant] = await listMyTenants(ctx);
  if (tenant) return `/${tenant.slug}`;
  return ctx.person.platformRole ? "/admin" : "/sign-up?company=1";
}
