import { saleAnswer } from "#lib/selling/answers";
import { saleQuery } from "#lib/selling/input";
import { listSales } from "#lib/selling/list-sales";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "List payments from customers",
  description: "Newest first, each with the fees, what was given back and its payout.",
  answer: pageOf(saleAnswer),
  query: saleQuery,
  run: (ctx, { query }) => listSales(ctx, query),
});
