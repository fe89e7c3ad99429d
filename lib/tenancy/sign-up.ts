import type { Context } from "#lib/context";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { asSystem } from "#lib/tenancy/as-system";
import { createTenant } from "#lib/tenancy/create-tenant";
import type { SignUpInput } from "#lib/tenancy/input";
import { mailVerification } from "#lib/tenancy/mail-verification";
import { hashPassword } from "#lib/tenancy/password";
import { requireGoodPassword } from "#lib/tenancy/password-rules";
import { transactUnique } from "#lib/tenancy/transact-unique";

/**
 * A new person and their company, in one step: all of it or none. Of two sign-ups with one e-mail
 * at once, one wins and the other is told to sign in.
 */
export async function signUp(
  ctx: Context,
  input: SignUpInput,
): Promise<{ userId: string; tenantId: string; slug: string }> {
  requireGoodPassword(input.password, input);
  const passwordHash = await hashPassword(input.password);
  const createdAt = ctx.now();
  const userId = newId("user", createdAt);
  const { email, name } = input;

  const by = asSystem(ctx, { kind: "person", userId });
  return transactUnique(by, "tenancy.sign-up", async (tx) => {
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) {
      const message = "This e-mail already has an account. Sign in instead.";
      throw new Refusal("conflict", message, { field: "email" });
    }
    await tx.user.create({ data: { id: userId, email, name, passwordHash, createdAt } });
    const tenant = await createTenant(tx, by, { ...input, ownerId: userId });
    await mailVerification(tx, by, { userId, email, name });
    return { userId, ...tenant };
  });
}
