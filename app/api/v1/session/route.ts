import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { route } from "#lib/web/route";

export const GET = route({
  who: "person",
  run: async (ctx) => ({ person: ctx.person, tenants: await listMyTenants(ctx) }),
});
