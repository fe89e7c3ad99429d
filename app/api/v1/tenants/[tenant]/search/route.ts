import { searchQuery } from "#lib/overview/search";
import { searchTenant } from "#lib/overview/search-tenant";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "tenant:read",
  query: searchQuery,
  run: (ctx, { query }) => searchTenant(ctx, query.q),
});
