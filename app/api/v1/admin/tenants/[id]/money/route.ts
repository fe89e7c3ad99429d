import { z } from "zod";
import { getTenantPage } from "#lib/overview/get-tenant-page";
import { tenantMoneyAnswer } from "#lib/payments/act-answers";
import { getTenantMoney } from "#lib/payments/get-tenant-money";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "Get a tenant's balance, tax and what was done to its money",
  description: "As Stripe has it now. Without a customer there nothing was ever billed.",
  answer: tenantMoneyAnswer,
  params: z.object({ id: z.string() }),
  run: async (ctx, { params: { id } }) => {
    const { stripeAccountId: accountId } = await getTenantPage(ctx, id);
    return getTenantMoney(ctx, { tenantId: id, accountId });
  },
});
