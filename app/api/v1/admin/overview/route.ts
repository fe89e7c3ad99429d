import { getAdminOverview } from "#lib/overview/get-admin-overview";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "platform:read",
  run: (ctx) => getAdminOverview(ctx),
});
