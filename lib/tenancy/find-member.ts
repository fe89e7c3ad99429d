import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

/** A member of the context's tenant. */
export async function findMember(tx: Tx, ctx: TenantContext, memberId: string) {
  const member = await tx.member.findFirst({ where: { id: memberId, tenantId: ctx.tenantId } });
  if (!member) throw new Refusal("not_found", "There is no such member.");
  return member;
}
