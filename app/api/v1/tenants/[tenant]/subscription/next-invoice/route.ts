import { z } from "zod";
import { getNextInvoice } from "#lib/billing/get-next-invoice";
import { nextInvoiceAnswer } from "#lib/billing/preview-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Get the next invoice as things stand",
  description:
    "As Stripe draws it up, after discounts, tax and the balance, with what was used counted up " +
    "to now.",
  answer: nextInvoiceAnswer,
  params: z.object({ tenant: z.string() }),
  run: async (ctx) => ({ invoice: await getNextInvoice(ctx) }),
});
