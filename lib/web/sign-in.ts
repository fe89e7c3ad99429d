import type { Context } from "#lib/context";
import { authenticate } from "#lib/tenancy/authenticate";
import { countUse, forgiveUses } from "#lib/web/rate-limit";

/**
 * Signs in by password, slowed three ways: by address, by address and e-mail, and by e-mail from
 * anywhere. Success forgives what was counted against the person.
 */
export async function signInWithPassword(
  ctx: Context,
  input: { email: string; password: string },
): Promise<string | undefined> {
  const address = ctx.origin.ip ?? "unknown";
  const email = input.email.trim().toLowerCase();
  await countUse(ctx.db, "sign-in.address", address);
  await countUse(ctx.db, "sign-in.address-and-email", `${address} ${email}`);
  await countUse(ctx.db, "sign-in.email", email);

  const userId = await authenticate(ctx, { email, password: input.password });
  if (userId) {
    await forgiveUses(ctx.db, "sign-in.address-and-email", `${address} ${email}`);
    await forgiveUses(ctx.db, "sign-in.email", email);
  }
  return userId;
}
