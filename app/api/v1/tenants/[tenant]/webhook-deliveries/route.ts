import { route } from "#lib/web/route";
import { deliveryQuery } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  query: deliveryQuery,
  run: (ctx, { query }) => listDeliveries(ctx, query),
});
