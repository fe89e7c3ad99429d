import { z } from "zod";
import { moneyActAnswer } from "#lib/payments/act-answers";
import { adjustBalance } from "#lib/payments/adjust-tenant";
import { balanceAnswer } from "#lib/payments/answers";
import { balanceInput } from "#lib/payments/input";
import { balanceQuery, listBalanceOf } from "#lib/payments/list-balance";
import { route } from "#lib/web/route";

const params = z.object({ id: z.string() });

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "List what moved a tenant's balance",
  answer: balanceAnswer,
  params,
  query: balanceQuery,
  run: (ctx, { params: { id }, query }) => listBalanceOf(ctx, { tenantId: id, ...query }),
});

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Move a tenant's balance",
  answer: moneyActAnswer,
  params,
  body: balanceInput,
  run: (ctx, { params: { id }, body }) => adjustBalance(ctx, { tenantId: id, ...body }),
});
