import { z } from "zod";
import { taxIdInput } from "#lib/payments/input";
import { addTaxId } from "#lib/payments/update-details";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Add a tax id",
  description: "Stripe asks the authority about it; the answer comes later.",
  answer: z.object({ id: z.string() }),
  body: taxIdInput,
  status: 201,
  run: (ctx, { body }) => addTaxId(ctx, body),
});
