import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission, type TenantRole } from "#lib/tenancy/permissions";

export type MemberRow = {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: TenantRole;
  readonly createdAt: Date;
  /** True for the person who asks. */
  readonly isYou: boolean;
};

/** Everyone in the tenant, the longest-standing first. */
export async function listMembers(ctx: TenantContext): Promise<MemberRow[]> {
  requirePermission(ctx, "members:read");

  const members = await view(ctx, (tx) =>
    tx.member.findMany({
      where: { tenantId: ctx.tenantId },
      include: { user: { select: { name: true, email: true } } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: 1000,
    }),
  );
  return members.map(({ id, userId, user, role, createdAt }) => ({
    ...{ id, userId, role, createdAt },
    ...user,
    isYou: userId === ctx.userId,
  }));
}
