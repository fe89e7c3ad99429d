import { z } from "zod";
import { route } from "#lib/web/route";
import { deliveryPageAnswer } from "#lib/webhooks/answers";
import { getDelivery } from "#lib/webhooks/get-delivery";

export const GET = route({
  who: "platform",
  permission: "webhooks:read",
  summary: "Get a webhook delivery",
  description: "With what was sent and every try.",
  answer: deliveryPageAnswer,
  params: z.object({ delivery: z.string() }),
  run: (ctx, { params }) => getDelivery(ctx, { deliveryId: params.delivery }),
});
