import { signUpInput } from "#lib/tenancy/input";
import { signUp } from "#lib/tenancy/sign-up";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  limit: "sign-up",
  body: signUpInput,
  status: 201,
  run: (ctx, { body }) => signUp(ctx, body),
});
