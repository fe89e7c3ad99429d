import { joinInput } from "#lib/tenancy/input";
import { joinByInvitation } from "#lib/tenancy/join-by-invitation";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  limit: "token",
  body: joinInput,
  status: 201,
  run: (ctx, { body }) => joinByInvitation(ctx, body),
});
