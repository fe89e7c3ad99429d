import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/**
 * What people are called, by id. With the system's reach, because somebody who has left a tenant
 * still stands in its history; the ids come from rows the caller may see.
 */
export async function findNames(
  ctx: Context,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  if (!userIds.length) return new Map();
  const users = await view(asSystem(ctx), (tx) =>
    tx.user.findMany({
      where: { id: { in: [...new Set(userIds)] } },
      select: { id: true, name: true },
    }),
  );
  return new Map(users.map(({ id, name }) => [id, name]));
}
