import { z } from "zod";
import { route } from "#lib/web/route";
import { replayDelivery } from "#lib/webhooks/replay-delivery";

export const POST = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Send a delivery again",
  params: z.object({ delivery: z.string() }),
  limit: "webhook.replay",
  run: (ctx, { params }) => replayDelivery(ctx, { deliveryId: params.delivery }),
});
