import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";
import { isPasswordOf } from "#lib/tenancy/password";

/**
 * Whose e-mail and password these are, if anyone's. Takes the same time for an address nobody has,
 * so that the answer's delay does not tell who is a customer.
 */
export async function authenticate(
  ctx: Context,
  input: { email: string; password: string },
): Promise<string | undefined> {
  const email = input.email.trim().toLowerCase();
  const user = await view(asSystem(ctx), (tx) =>
    tx.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } }),
  );
  return (await isPasswordOf(user?.passwordHash, input.password)) ? user!.id : undefined;
}
