import { type Profile, type ProfileName, profiles } from "#lib/connect/profile";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";

export type TenantAccount = {
  tenantId: string;
  name: string;
  accountId: string;
  profile: Profile;
};

/**
 * A tenant's connected account, by the tenant's id or slug, for one of the platform's people.
 * Refuses where there is none.
 */
export async function accountOfTenant(
  ctx: PlatformContext,
  tenantId: string,
): Promise<TenantAccount> {
  const kept = await view(ctx, async (tx) => {
    const where = { OR: [{ id: tenantId }, { slug: tenantId }] };
    const tenant = await tx.tenant.findFirst({ where });
    const of = { tenantId: tenant?.id ?? "" };
    const account = await tx.connectedAccount.findUnique({ where: of });
    return tenant && account && { tenant, account };
  });
  if (!kept) {
    const message = "This company has no account that takes payments.";
    throw new Refusal("conflict", message, { field: "tenantId" });
  }
  const { accountId, profile, status } = kept.account;
  if (status === "closed") {
    throw new Refusal("gone", "Their account at Stripe is closed.", { field: "tenantId" });
  }
  if (status === "disconnected") {
    const message =
      "They disconnected their account at Stripe; it has to be connected again first.";
    throw new Refusal("conflict", message, { field: "tenantId" });
  }
  const { id, name } = kept.tenant;
  return { tenantId: id, name, accountId, profile: profiles[profile as ProfileName] };
}
