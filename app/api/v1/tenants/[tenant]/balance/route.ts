import { balanceQuery, listBalance } from "#lib/payments/list-balance";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  query: balanceQuery,
  run: (ctx, { query }) => listBalance(ctx, query),
});
