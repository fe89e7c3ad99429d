import { findAccount } from "#lib/connect/find-account";
import { env } from "#lib/env";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Stripe's own page that asks for what is missing: the other way, where scripts do not load. */
export async function openOnboardingLink(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ url: string }> {
  requirePermission(ctx, "connect:onboard");
  const { accountId } = await findAccount(ctx);
  const place = (query: string) =>
    new URL(`/${ctx.tenantSlug}/onboarding${query}`, env().LOCKSTEP_URL);
  return gateway.createOnboardingLink({
    accountId,
    returnUrl: place("?from=stripe").href,
    refreshUrl: place("?link=used").href,
  });
}
