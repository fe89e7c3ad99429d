import { z } from "zod";
import { route } from "#lib/web/route";
import { rotateSecretInput } from "#lib/webhooks/input";
import { rotateSecret } from "#lib/webhooks/rotate-secret";
import { instant } from "#lib/wire";

export const POST = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Rotate an endpoint's signing secret",
  description:
    "The new secret is in this answer and never told again. The old one signs for a day more, unless it is ended.",
  answer: z.object({ secret: z.string(), oldEndsAt: instant }),
  params: z.object({ endpoint: z.string() }),
  body: rotateSecretInput,
  limit: "webhook.write",
  run: (ctx, { params, body }) => rotateSecret(ctx, { endpointId: params.endpoint, ...body }),
});
