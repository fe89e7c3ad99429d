import { forgotPasswordInput } from "#lib/tenancy/input";
import { requestPasswordReset } from "#lib/tenancy/request-password-reset";
import { countUse } from "#lib/web/rate-limit";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  summary: "Ask for a new password",
  description: "Answers the same whether or not the address is known.",
  limit: "password-reset.address",
  body: forgotPasswordInput,
  async run(ctx, { body }) {
    await countUse(ctx.db, "password-reset.email", body.email);
    await requestPasswordReset(ctx, body);
  },
});
