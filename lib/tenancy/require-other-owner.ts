import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";

/**
 * Refuses to leave a tenant without an owner. Locks the tenant first, so that two owners who give
 * up the role at once do so one after the other, and the second one stays.
 */
export async function requireOtherOwner(
  tx: Tx,
  member: { id: string; tenantId: string },
): Promise<void> {
  const { id, tenantId } = member;
  await tx.$queryRaw`select 1 from tenants where id = ${tenantId} for update`;
  const others = await tx.member.count({ where: { tenantId, role: "owner", id: { not: id } } });
  if (others) return;
  const message = "A workspace needs an owner. Make another member owner first.";
  throw new Refusal("conflict", message);
}
