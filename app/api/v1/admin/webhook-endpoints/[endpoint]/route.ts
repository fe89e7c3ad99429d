import { z } from "zod";
import { route } from "#lib/web/route";
import { endpointPageAnswer } from "#lib/webhooks/answers";
import { deleteEndpoint } from "#lib/webhooks/delete-endpoint";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { platformInputs } from "#lib/webhooks/input";
import { updateEndpoint } from "#lib/webhooks/update-endpoint";

const params = z.object({ endpoint: z.string() });

export const GET = route({
  who: "platform",
  permission: "webhooks:read",
  summary: "Get a webhook endpoint",
  answer: endpointPageAnswer,
  params,
  run: (ctx, { params }) => getEndpoint(ctx, { endpointId: params.endpoint }),
});

export const PATCH = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Change a webhook endpoint",
  params,
  body: platformInputs.update,
  limit: "webhook.write",
  run: (ctx, { params, body }) => updateEndpoint(ctx, { endpointId: params.endpoint, ...body }),
});

export const DELETE = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Delete a webhook endpoint",
  description: "Its deliveries go with it.",
  params,
  limit: "webhook.write",
  run: (ctx, { params }) => deleteEndpoint(ctx, { endpointId: params.endpoint }),
});
