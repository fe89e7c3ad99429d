import { z } from "zod";
import { route } from "#lib/web/route";
import { getDelivery } from "#lib/webhooks/get-delivery";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  params: z.object({ delivery: z.string() }),
  run: (ctx, { params }) => getDelivery(ctx, { deliveryId: params.delivery }),
});
