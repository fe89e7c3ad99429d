import { allOf } from "#lib/keyset";
import { listBreakers } from "#lib/overview/list-breakers";
import { breakerAnswer } from "#lib/overview/mirror-answers";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List circuit breakers",
  answer: pageOf(breakerAnswer),
  run: async (ctx) => allOf(await listBreakers(ctx)),
});
