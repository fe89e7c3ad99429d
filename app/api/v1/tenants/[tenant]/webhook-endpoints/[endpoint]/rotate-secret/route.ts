import { z } from "zod";
import { route } from "#lib/web/route";
import { rotateSecretInput } from "#lib/webhooks/input";
import { rotateSecret } from "#lib/webhooks/rotate-secret";

export const POST = route({
  who: "tenant",
  permission: "developers:update",
  params: z.object({ endpoint: z.string() }),
  body: rotateSecretInput,
  limit: "webhook.write",
  run: (ctx, { params, body }) => rotateSecret(ctx, { endpointId: params.endpoint, ...body }),
});
