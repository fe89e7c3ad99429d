import { z } from "zod";
import { holdInput } from "#lib/connect/hold";
import { placeHold } from "#lib/connect/place-hold";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "connect:hold",
  summary: "Stop a tenant's payments or payouts",
  description: "The workspace reads the reason and can appeal. Stripe is told by a job.",
  answer: z.object({ id: z.string() }),
  params: z.object({ id: z.string() }),
  body: holdInput,
  run: (ctx, { params, body }) => placeHold(ctx, { tenantId: params.id, ...body }),
});
