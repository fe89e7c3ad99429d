import { tokenInput } from "#lib/tenancy/input";
import { verifyEmail } from "#lib/tenancy/verify-email";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  summary: "Confirm an e-mail address",
  limit: "token",
  body: tokenInput,
  run: (ctx, { body }) => verifyEmail(ctx, body),
});
