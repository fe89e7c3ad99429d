import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

/**
 * A member of the context's tenant, held still until the transaction ends, so that two who change
 * or remove the same member do so one after the other.
 */
export async function findMember(tx: Tx, ctx: TenantContext, memberId: string) {
  const { tenantId } = ctx;
  await tx.$queryRaw`select 1 from members
    where id = ${memberId} and tenant_id = ${tenantId} for update`;
  const member = await tx.member.findFirst({ where: { id: memberId, tenantId } });
  if (!member) throw new Refusal("not_found", "There is no such member.");
  return member;
}
