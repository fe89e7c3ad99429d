import { getTenantOverview } from "#lib/overview/get-tenant-overview";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "tenant:read",
  run: (ctx) => getTenantOverview(ctx),
});
