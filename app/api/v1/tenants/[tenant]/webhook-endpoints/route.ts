import { z } from "zod";
import { allOf } from "#lib/keyset";
import { route } from "#lib/web/route";
import { endpointAnswer } from "#lib/webhooks/answers";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { tenantInputs } from "#lib/webhooks/input";
import { listEndpoints } from "#lib/webhooks/list-endpoints";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  summary: "List webhook endpoints",
  answer: pageOf(endpointAnswer),
  run: async (ctx) => allOf(await listEndpoints(ctx)),
});

export const POST = route({
  who: "tenant",
  permission: "developers:update",
  summary: "Create a webhook endpoint",
  description: "The signing secret is in this answer and never told again.",
  answer: z.object({ id: z.string(), secret: z.string() }),
  body: tenantInputs.create,
  limit: "webhook.write",
  status: 201,
  run: (ctx, { body }) => createEndpoint(ctx, body),
});
