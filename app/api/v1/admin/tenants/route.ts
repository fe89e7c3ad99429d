import { tenantRowAnswer } from "#lib/overview/console-answers";
import { listTenants, tenantQuery } from "#lib/overview/list-tenants";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "List tenants",
  answer: pageOf(tenantRowAnswer),
  query: tenantQuery,
  run: (ctx, { query }) => listTenants(ctx, query),
});
