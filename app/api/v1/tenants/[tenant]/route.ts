import { updateTenantInput } from "#lib/tenancy/input";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { route } from "#lib/web/route";

export const PATCH = route({
  who: "tenant",
  permission: "tenant:update",
  summary: "Change the workspace",
  description: "Its name, or its address; the old address stops working.",
  body: updateTenantInput,
  run: (ctx, { body }) => updateTenant(ctx, body),
});
