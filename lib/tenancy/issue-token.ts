import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { newId } from "#lib/ids";
import { newSecret } from "#lib/tenancy/secret";
import { type TokenPurpose, tokenLifeMs } from "#lib/tenancy/token";

/** Makes a single-use secret for a person; older ones of the purpose stop working. */
export async function issueToken(
  tx: Tx,
  ctx: Context,
  input: { userId: string; purpose: TokenPurpose },
): Promise<{ id: string; secret: string }> {
  const { userId, purpose } = input;
  await tx.token.deleteMany({ where: { userId, purpose, usedAt: null } });

  const createdAt = ctx.now();
  const { secret, hash } = newSecret();
  const id = newId("token", createdAt);
  const expiresAt = new Date(createdAt.getTime() + tokenLifeMs[purpose]);
  await tx.token.create({ data: { id, purpose, hash, userId, createdAt, expiresAt } });
  return { id, secret };
}
