import { z } from "zod";
import { route } from "#lib/web/route";
import { platformInputs } from "#lib/webhooks/input";
import { sendTest } from "#lib/webhooks/send-test";

export const POST = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Send a test message",
  answer: z.object({ id: z.string() }),
  params: z.object({ endpoint: z.string() }),
  body: platformInputs.test,
  limit: "webhook.test",
  status: 201,
  run: (ctx, { params, body }) => sendTest(ctx, { endpointId: params.endpoint, ...body }),
});
