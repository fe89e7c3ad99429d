import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { asSystem } from "#lib/tenancy/as-system";

/** What an identity provider says about somebody who signed in there. */
export type ProvidedIdentity = {
  readonly provider: string;
  readonly subject: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly name: string;
};

/**
 * The person behind a sign-in at a provider: known, linked by e-mail, or new. Links only where
 * provider and we have both verified the address. Otherwise whoever registered another's address
 * first, here or there, would get into the account of its owner.
 */
export async function linkIdentity(ctx: Context, identity: ProvidedIdentity): Promise<string> {
  const { provider, subject } = identity;
  return transact(asSystem(ctx), "tenancy.link-identity", async (tx) => {
    const known = await tx.identity.findUnique({
      where: { provider_subject: { provider, subject } },
    });
    if (known) return known.userId;

    if (!identity.isEmailVerified) {
      const message = "This account has no verified e-mail address. Verify it there, then return.";
      throw new Refusal("forbidden", message);
    }
    const userId =
      (await findLinkable(tx, identity.email)) ?? (await createUser(tx, ctx, identity));
    await tx.identity.create({ data: { provider, subject, userId, createdAt: ctx.now() } });
    return userId;
  });
}

async function findLinkable(tx: Tx, address: string): Promise<string | undefined> {
  const user = await tx.user.findUnique({ where: { email: address.toLowerCase() } });
  if (!user) return undefined;
  if (user.emailVerifiedAt) return user.id;
  const message = "This e-mail has a password here. Sign in with it and verify the address first.";
  throw new Refusal("conflict", message);
}

async function createUser(tx: Tx, ctx: Context, { email, name }: ProvidedIdentity) {
  const at = ctx.now();
  const user = await tx.user.create({
    data: {
      id: newId("user", at),
      email: email.toLowerCase(),
      emailVerifiedAt: at,
      name: name.trim().slice(0, 100) || email.split("@")[0]!,
      createdAt: at,
    },
  });
  return user.id;
}
