import { z } from "zod";
import { route } from "#lib/web/route";
import { tenantInputs } from "#lib/webhooks/input";
import { sendTest } from "#lib/webhooks/send-test";

export const POST = route({
  who: "tenant",
  permission: "developers:update",
  summary: "Send a test message",
  answer: z.object({ id: z.string() }),
  params: z.object({ endpoint: z.string() }),
  body: tenantInputs.test,
  limit: "webhook.test",
  status: 201,
  run: (ctx, { params, body }) => sendTest(ctx, { endpointId: params.endpoint, ...body }),
});
