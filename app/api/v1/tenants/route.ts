import { foundTenant } from "#lib/tenancy/found-tenant";
import { foundTenantInput } from "#lib/tenancy/input";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { route } from "#lib/web/route";

export const GET = route({ who: "person", run: (ctx) => listMyTenants(ctx) });

export const POST = route({
  who: "person",
  limit: "sign-up",
  body: foundTenantInput,
  status: 201,
  run: (ctx, { body }) => foundTenant(ctx, body),
});
