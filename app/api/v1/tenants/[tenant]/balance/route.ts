import { balanceAnswer } from "#lib/payments/answers";
import { balanceQuery, listBalance } from "#lib/payments/list-balance";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "List what moved the balance",
  description: "Newest first: credits, and what invoices took of them.",
  answer: balanceAnswer,
  query: balanceQuery,
  run: (ctx, { query }) => listBalance(ctx, query),
});
