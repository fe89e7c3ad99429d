import { z } from "zod";
import { moneyActAnswer } from "#lib/payments/act-answers";
import { creditInvoice } from "#lib/payments/credit-invoice";
import { creditActInput } from "#lib/payments/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Credit an invoice",
  answer: moneyActAnswer,
  params: z.object({ id: z.string() }),
  body: creditActInput,
  run: (ctx, { params, body }) => creditInvoice(ctx, { invoiceId: params.id, ...body }),
});
