import { resetPasswordInput } from "#lib/tenancy/input";
import { resetPassword } from "#lib/tenancy/reset-password";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  summary: "Set a new password by a mailed link",
  limit: "token",
  body: resetPasswordInput,
  run: (ctx, { body }) => resetPassword(ctx, body),
});
