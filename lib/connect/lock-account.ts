import type { Tx } from "#lib/db/client";
import type { ConnectedAccount } from "#lib/db/generated/client";

type First = Pick<ConnectedAccount, "tenantId" | "accountId" | "profile" | "since">;

/**
 * The tenant's row, made where there is none yet. Whoever else wants it, a person or Stripe's word,
 * waits until this transaction is over, and then sees what it left.
 */
export async function lockAccount(tx: Tx, first: First): Promise<ConnectedAccount> {
  const { tenantId } = first;
  const data = { ...first, status: "invited" as const };
  await tx.connectedAccount.createMany({ data: [data], skipDuplicates: true });
  await tx.$queryRaw`select from connected_accounts where tenant_id = ${tenantId} for update`;
  return tx.connectedAccount.findUniqueOrThrow({ where: { tenantId } });
}

/** When the next step is: not before the last one, which two steps of one instant would be. */
export function instantAfter({ since }: { since: Date }, at: Date): Date {
  return at > since ? at : new Date(since.getTime() + 1);
}
