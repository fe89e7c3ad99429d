import { route } from "#lib/web/route";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { createEndpointInput } from "#lib/webhooks/input";
import { listEndpoints } from "#lib/webhooks/list-endpoints";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  run: (ctx) => listEndpoints(ctx),
});

export const POST = route({
  who: "tenant",
  permission: "developers:update",
  body: createEndpointInput,
  limit: "webhook.write",
  status: 201,
  run: (ctx, { body }) => createEndpoint(ctx, body),
});
