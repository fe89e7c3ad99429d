import { taxIdInput } from "#lib/payments/input";
import { addTaxId } from "#lib/payments/update-details";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  body: taxIdInput,
  status: 201,
  run: (ctx, { body }) => addTaxId(ctx, body),
});
