import type { Context } from "#lib/context";
import { Refusal } from "#lib/errors";
import { authenticate } from "#lib/tenancy/authenticate";
import { limitedAddress } from "#lib/web/origin";
import { countUse, forgiveUses } from "#lib/web/rate-limit";

/**
 * Signs in by password, slowed three ways: by address, by address and e-mail, and by e-mail from
 * anywhere. The last refuses failures alone: others' tries never shut out who knows the password.
 * Success forgives what was counted against the person.
 */
export async function signInWithPassword(
  ctx: Context,
  input: { email: string; password: string },
): Promise<string | undefined> {
  const address = limitedAddress(ctx.origin.ip);
  const email = input.email.trim().toLowerCase();
  await countUse(ctx.db, "sign-in.address", address);
  await countUse(ctx.db, "sign-in.address-and-email", `${address} ${email}`);
  const refusal = await countTry(ctx, email);

  const userId = await authenticate(ctx, { email, password: input.password });
  if (userId) {
    await forgiveUses(ctx.db, "sign-in.address-and-email", `${address} ${email}`);
    await forgiveUses(ctx.db, "sign-in.email", email);
    return userId;
  }
  if (refusal) throw refusal;
  return undefined;
}

/** Counts a try before it is known to fail, and keeps the refusal for when it does. */
async function countTry(ctx: Context, email: string): Promise<Refusal | undefined> {
  try {
    await countUse(ctx.db, "sign-in.email", email);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
