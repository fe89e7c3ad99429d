import { route } from "#lib/web/route";
import { deliveryAnswer } from "#lib/webhooks/answers";
import { platformInputs } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "webhooks:read",
  summary: "List webhook deliveries",
  description: "Newest first.",
  answer: pageOf(deliveryAnswer),
  query: platformInputs.deliveries,
  run: (ctx, { query }) => listDeliveries(ctx, query),
});
