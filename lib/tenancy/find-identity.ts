import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/** The person a sign-in at a provider belongs to, once `linkIdentity` has seen it. */
export async function findIdentity(
  ctx: Context,
  identity: { provider: string; subject: string },
): Promise<string | undefined> {
  const row = await view(asSystem(ctx), (tx) =>
    tx.identity.findUnique({ where: { provider_subject: identity } }),
  );
  return row?.userId;
}
