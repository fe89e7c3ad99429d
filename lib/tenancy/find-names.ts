import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/**
 * What people and API keys are called, by id. With the system's reach, because somebody who has
 * left a tenant still stands in its history; the ids come from rows the caller may see.
 */
export async function findNames(
  ctx: Context,
  actorIds: readonly string[],
): Promise<Map<string, string>> {
  const ids = [...new Set(actorIds)].filter((id) => /^(usr|key)_/.test(id));
  if (!ids.length) return new Map();
  return view(asSystem(ctx), (tx) => namesOf(tx, ids));
}

/** The same inside a read that may see them. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const named = { where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } };
  const users = await tx.user.findMany(named);
  const keys = await tx.apiKey.findMany(named);
  return new Map([...users, ...keys].map(({ id, name }) => [id, name]));
}
