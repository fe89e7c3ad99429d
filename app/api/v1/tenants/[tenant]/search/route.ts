import { z } from "zod";
import { searchQuery } from "#lib/overview/search";
import { searchTenant } from "#lib/overview/search-tenant";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "tenant:read",
  summary: "Search the workspace",
  description: "Pages, members and invoices, as ⌘K finds them.",
  people: true,
  answer: z.object({
    items: z.array(
      z.object({ kind: z.string(), label: z.string(), detail: z.string(), href: z.string() }),
    ),
  }),
  query: searchQuery,
  run: (ctx, { query }) => searchTenant(ctx, query.q),
});
