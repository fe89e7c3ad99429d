import { z } from "zod";
import { moneyActAnswer } from "#lib/payments/act-answers";
import { setTaxExemption } from "#lib/payments/adjust-tenant";
import { exemptionInput } from "#lib/payments/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Set how a tenant is taxed",
  answer: moneyActAnswer,
  params: z.object({ id: z.string() }),
  body: exemptionInput,
  run: (ctx, { params, body }) => setTaxExemption(ctx, { tenantId: params.id, ...body }),
});
