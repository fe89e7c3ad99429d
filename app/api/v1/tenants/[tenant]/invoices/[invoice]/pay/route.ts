import { z } from "zod";
import { payOutcomeAnswer } from "#lib/payments/answers";
import { payInput } from "#lib/payments/input";
import { payInvoice } from "#lib/payments/pay-invoice";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Pay an invoice",
  description:
    "Takes what is still due, with a method that is kept. Answers needs_action where the payer's bank asks for them.",
  answer: payOutcomeAnswer,
  params: z.object({ tenant: z.string(), invoice: z.string() }),
  body: payInput,
  run: (ctx, { params, body }) => payInvoice(ctx, { invoiceId: params.invoice, ...body }),
});
