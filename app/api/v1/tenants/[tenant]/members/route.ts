import { listMembers } from "#lib/tenancy/list-members";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "members:read",
  run: (ctx) => listMembers(ctx),
});
