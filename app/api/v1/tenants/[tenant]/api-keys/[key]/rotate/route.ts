import { z } from "zod";
import { rotateApiKeyInput } from "#lib/tenancy/api-key-input";
import { rotateApiKey } from "#lib/tenancy/rotate-api-key";
import { route } from "#lib/web/route";
import { instant } from "#lib/wire";

export const POST = route({
  who: "tenant",
  permission: "keys:update",
  summary: "Rotate an API key",
  description: "Gives the key a new secret, told once. The old one goes on for the overlap.",
  params: z.object({ key: z.string() }),
  body: rotateApiKeyInput,
  answer: z.object({ secret: z.string(), oldEndsAt: instant }),
  limit: "key.write",
  run: (ctx, { params, body }) => rotateApiKey(ctx, { keyId: params.key, ...body }),
});
