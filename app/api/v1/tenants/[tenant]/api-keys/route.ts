import { z } from "zod";
import { allOf } from "#lib/keyset";
import { apiKeyAnswer } from "#lib/tenancy/answers";
import { createApiKeyInput } from "#lib/tenancy/api-key-input";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { listApiKeys } from "#lib/tenancy/list-api-keys";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "keys:read",
  summary: "List API keys",
  description: "Those that work first. Secrets are not among what can be read.",
  answer: pageOf(apiKeyAnswer),
  run: async (ctx) => allOf(await listApiKeys(ctx)),
});

export const POST = route({
  who: "tenant",
  permission: "keys:update",
  summary: "Create an API key",
  description: "The secret is in this answer and never told again.",
  body: createApiKeyInput,
  answer: z.object({ id: z.string(), secret: z.string() }),
  limit: "key.write",
  status: 201,
  run: (ctx, { body }) => createApiKey(ctx, body),
});
