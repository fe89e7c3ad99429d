import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";
import type { Person } from "#lib/tenancy/person";
import { personOf } from "#lib/tenancy/person";
import { hashSecret } from "#lib/tenancy/secret";
import { requireUsable, type TokenPurpose } from "#lib/tenancy/token";

/**
 * Uses a mailed secret up and does what it stands for, both or neither. Of two at once one wins.
 * Whoever holds the secret acts as the person it was sent to.
 */
export async function redeemToken<T>(
  ctx: Context,
  input: { purpose: TokenPurpose; secret: string; action: string },
  run: (tx: Tx, person: Person) => Promise<T>,
): Promise<T> {
  const { purpose } = input;
  const token = await findToken(ctx, purpose, input.secret);
  requireUsable(token, purpose, ctx.now());

  const by = asSystem(ctx, { kind: "person", userId: token.userId });
  return transact(by, input.action, async (tx) => {
    const usedAt = ctx.now();
    const { count } = await tx.token.updateMany({
      where: { id: token.id, usedAt: null },
      data: { usedAt },
    });
    requireUsable(count === 1 ? token : { ...token, usedAt }, purpose, usedAt);
    return run(tx, personOf(token.user));
  });
}

/** The secret's row and its person, used up or not. */
export function findToken(ctx: Context, purpose: TokenPurpose, secret: string) {
  return view(asSystem(ctx), (tx) =>
    tx.token.findFirst({
      where: { purpose, hash: hashSecret(secret) },
      include: { user: true },
    }),
  );
}
