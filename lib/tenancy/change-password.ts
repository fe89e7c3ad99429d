import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { asSystem } from "#lib/tenancy/as-system";
import type { PersonContext } from "#lib/tenancy/context";
import { hashPassword, isPasswordOf } from "#lib/tenancy/password";
import { requireGoodPassword } from "#lib/tenancy/password-rules";
import { setPassword } from "#lib/tenancy/set-password";

/** Changes the signed-in person's password, given the current one, and signs out other browsers. */
export async function changePassword(
  ctx: PersonContext,
  input: { current: string; password: string },
): Promise<void> {
  const { person, userId, sessionId } = ctx;
  if (!person.hasPassword) {
    const message =
      "You sign in without a password. Set one with “Forgot password” when signed out.";
    throw new Refusal("conflict", message);
  }
  const user = await view(ctx, (tx) => tx.user.findUniqueOrThrow({ where: { id: userId } }));
  if (!(await isPasswordOf(user.passwordHash, input.current))) {
    throw new Refusal("invalid", "This is not your current password.", { field: "current" });
  }
  requireGoodPassword(input.password, person);
  const passwordHash = await hashPassword(input.password);

  await transact(asSystem(ctx), "tenancy.change-password", (tx) =>
    setPassword(tx, ctx, { person, passwordHash, keepSessionId: sessionId }),
  );
}
