import { findAccount } from "#lib/connect/find-account";
import { componentsFor } from "#lib/connect/grants";
import { isWithheld } from "#lib/connect/hold";
import type { ProfileName } from "#lib/connect/profile";
import { Refusal } from "#lib/errors";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { may, requirePermission } from "#lib/tenancy/permissions";

/**
 * A secret with which this person's browser shows Stripe's components for the tenant's own account:
 * those their role may see, with the features it may use. It is used once and never kept.
 */
export async function openSession(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ clientSecret: string }> {
  requirePermission(ctx, "tenant:read");
  const account = await findAccount(ctx);
  const { accountId, profile } = account;
  const components = componentsFor(
    (permission) => may(ctx, permission) && !isWithheld(account, permission),
    profile as ProfileName,
  );
  if (Object.keys(components).length === 0) {
    throw new Refusal("forbidden", `Your role is ${ctx.role}; it sees nothing of payments.`);
  }
  return gateway.createAccountSession(accountId, components);
}
