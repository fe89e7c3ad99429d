import { z } from "zod";
import { apiKeyAnswer } from "#lib/tenancy/answers";
import { getApiKey } from "#lib/tenancy/list-api-keys";
import { revokeApiKey } from "#lib/tenancy/revoke-api-key";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "keys:read",
  summary: "Get an API key",
  params: z.object({ key: z.string() }),
  answer: apiKeyAnswer,
  run: (ctx, { params }) => getApiKey(ctx, { keyId: params.key }),
});

export const DELETE = route({
  who: "tenant",
  permission: "keys:update",
  summary: "Revoke an API key",
  description: "It is shut out at once and for good.",
  params: z.object({ key: z.string() }),
  run: (ctx, { params }) => revokeApiKey(ctx, { keyId: params.key }),
});
