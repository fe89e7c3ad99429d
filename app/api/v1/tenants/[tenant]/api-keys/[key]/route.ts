import { z } from "zod";
import { revokeApiKey } from "#lib/tenancy/revoke-api-key";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "keys:update",
  summary: "Revoke an API key",
  description: "It is shut out at once and for good.",
  params: z.object({ key: z.string() }),
  run: (ctx, { params }) => revokeApiKey(ctx, { keyId: params.key }),
});
