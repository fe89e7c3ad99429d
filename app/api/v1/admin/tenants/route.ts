import { listTenants, tenantQuery } from "#lib/overview/list-tenants";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "List tenants",
  query: tenantQuery,
  run: (ctx, { query }) => listTenants(ctx, query),
});
