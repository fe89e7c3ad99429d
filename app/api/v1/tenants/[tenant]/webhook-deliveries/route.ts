import { route } from "#lib/web/route";
import { deliveryAnswer } from "#lib/webhooks/answers";
import { tenantInputs } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  summary: "List webhook deliveries",
  description: "Newest first.",
  answer: pageOf(deliveryAnswer),
  query: tenantInputs.deliveries,
  run: (ctx, { query }) => listDeliveries(ctx, query),
});
