import { foundAnswer } from "#lib/overview/console-answers";
import { searchQuery } from "#lib/overview/search";
import { searchPlatform } from "#lib/overview/search-platform";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "platform:read",
  summary: "Search the platform",
  answer: foundAnswer,
  query: searchQuery,
  run: (ctx, { query }) => searchPlatform(ctx, query.q),
});
