import { updateTenantInput } from "#lib/tenancy/input";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { route } from "#lib/web/route";

export const PATCH = route({
  who: "tenant",
  permission: "tenant:update",
  body: updateTenantInput,
  run: (ctx, { body }) => updateTenant(ctx, body),
});
