import { changePassword } from "#lib/tenancy/change-password";
import { changePasswordInput } from "#lib/tenancy/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "person",
  summary: "Change your password",
  description: "Every other session ends.",
  limit: "password",
  body: changePasswordInput,
  run: (ctx, { body }) => changePassword(ctx, body),
});
