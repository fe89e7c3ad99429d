import { Refusal } from "#lib/errors";
import { type BrowserKeys, browserKeys } from "#lib/payments/browser-keys";
import { findLiveSubscription, listMethods } from "#lib/payments/list-methods";
import type { Method } from "#lib/payments/method";
import { accountOf } from "#lib/payments/stripe-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { InvoiceStanding } from "#lib/stripe/gateway-invoices";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Begins keeping a method. Its details go from the browser to Stripe and never pass by us. */
export async function openMethodSetup(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<BrowserKeys & { clientSecret: string }> {
  requirePermission(ctx, "billing:update");
  const accountId = await accountOf(ctx, gateway);
  const { clientSecret } = await gateway.createSetupIntent({ accountId, tenantId: ctx.tenantId });
  return { clientSecret, ...browserKeys() };
}

/** Has bills charged to this method from now on, those of the subscription too. */
export async function makeDefault(
  ctx: TenantContext,
  { methodId }: { methodId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePermission(ctx, "billing:update");
  const { methods } = await listMethods(ctx, gateway);
  requireKept(methods, methodId);
  const accountId = await accountOf(ctx, gateway);
  await gateway.setDefaultMethod({ accountId, methodId });
  const subscriptionId = await findLiveSubscription(ctx);
  if (subscriptionId) await gateway.setSubscriptionMethod({ subscriptionId, methodId });
}

/** What just paid an invoice pays for the plan from now on, where Stripe keeps it at all. */
export async function keepForPlan(
  ctx: TenantContext,
  gateway: StripeGateway,
  { status, payments }: InvoiceStanding,
): Promise<void> {
  const paid = payments.findLast(({ intentStatus }) => intentStatus === "succeeded");
  if (status !== "paid" || !paid?.methodId) return;
  const { methods } = await listMethods(ctx, gateway);
  const { methodId } = paid;
  const method = methods.find(({ id }) => id === methodId);
  if (method && !method.isDefault) await makeDefault(ctx, { methodId }, gateway);
}

/**
 * Forgets a method at Stripe. What a live subscription is charged to stays until another one takes
 * its place, or the next bill would find nothing.
 */
export async function removeMethod(
  ctx: TenantContext,
  { methodId }: { methodId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePermission(ctx, "billing:update");
  const { methods, liveSubscriptionId } = await listMethods(ctx, gateway);
  const method = requireKept(methods, methodId);
  if (liveSubscriptionId && methods.length === 1) {
    throw new Refusal(
      "conflict",
      "Your plan is charged to this payment method and there is no other. Add another one first, " +
        "or cancel the plan.",
    );
  }
  if (liveSubscriptionId && method.isDefault) {
    throw new Refusal(
      "conflict",
      "Your plan is charged to this payment method. Make another one the default first.",
    );
  }
  await gateway.detachMethod(methodId);
}

function requireKept(methods: readonly Method[], methodId: string): Method {
  const method = methods.find(({ id }) => id === methodId);
  if (method) return method;
  throw new Refusal("not_found", "This workspace has no such payment method.");
}
