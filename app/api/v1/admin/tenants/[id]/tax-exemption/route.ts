import { z } from "zod";
import { setTaxExemption } from "#lib/payments/adjust-tenant";
import { exemptionInput } from "#lib/payments/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Set how a tenant is taxed",
  params: z.object({ id: z.string() }),
  body: exemptionInput,
  run: (ctx, { params, body }) => setTaxExemption(ctx, { tenantId: params.id, ...body }),
});
