import { buyerAnswer } from "#lib/selling/answers";
import { cursorQuery } from "#lib/selling/input";
import { listBuyers } from "#lib/selling/list-buyers";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "List customers",
  description: "Whoever paid last is first.",
  answer: pageOf(buyerAnswer),
  query: cursorQuery,
  run: (ctx, { query }) => listBuyers(ctx, query),
});
