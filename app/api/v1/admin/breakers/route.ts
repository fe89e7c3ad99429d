import { listBreakers } from "#lib/overview/list-breakers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List circuit breakers",
  run: async (ctx) => ({ rows: await listBreakers(ctx) }),
});
