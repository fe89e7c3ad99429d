import { z } from "zod";
import { removeTaxId } from "#lib/payments/update-details";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Remove a tax id",
  params: z.object({ tenant: z.string(), id: z.string() }),
  run: (ctx, { params }) => removeTaxId(ctx, { taxIdId: params.id }),
});
