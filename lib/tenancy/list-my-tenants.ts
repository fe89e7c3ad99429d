import { view } from "#lib/db/transaction";
import type { PersonContext } from "#lib/tenancy/context";
import type { TenantRole } from "#lib/tenancy/permissions";

export type MyTenant = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: TenantRole;
};

/** The tenants the person belongs to, by name. */
export async function listMyTenants(ctx: PersonContext): Promise<MyTenant[]> {
  const members = await view(ctx, (tx) =>
    tx.member.findMany({
      where: { userId: ctx.userId },
      include: { tenant: { select: { id: true, slug: true, name: true } } },
      orderBy: [{ tenant: { name: "asc" } }, { id: "asc" }],
      take: 1000,
    }),
  );
  return members.map(({ tenant, role }) => ({ ...tenant, role }));
}
