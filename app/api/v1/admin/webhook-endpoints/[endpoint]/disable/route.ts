import { z } from "zod";
import { route } from "#lib/web/route";
import { switchEndpoint } from "#lib/webhooks/switch-endpoint";

export const POST = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Turn a webhook endpoint off",
  params: z.object({ endpoint: z.string() }),
  limit: "webhook.write",
  run: (ctx, { params }) => switchEndpoint(ctx, { endpointId: params.endpoint, isOn: false }),
});
