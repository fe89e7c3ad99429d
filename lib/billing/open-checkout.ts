import { openAccount } from "#lib/accounts/open-account";
import {
  type CheckoutEvent,
  type CheckoutStatus,
  checkoutLifecycle,
  expiryOf,
} from "#lib/billing/checkout";
import { itemsOf } from "#lib/billing/draft-plan-change";
import { wholeVersion } from "#lib/catalog/read-version";
import type { Checkout } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import { advance } from "#lib/lifecycle";
import { logger } from "#lib/log";
import { isStripesNo, StripeFailed } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { NewCheckoutSession } from "#lib/stripe/gateway-checkout";
import type { TenantContext } from "#lib/tenancy/context";

export type OpenedCheckout = { checkoutId: string; url: string; stripeSessionId: string };

/** Stripe will not open this checkout. It is over, and its page, if there is one, nobody knows. */
export class CheckoutRefused extends Refusal {}

/**
 * Opens a decided checkout at Stripe, or goes on where an earlier try was cut off: the words are
 * made from the stored row alone, so Stripe answers every try with the same page. Where it says no
 * to them, the checkout has failed, and choosing again begins a new one.
 */
export async function openCheckout(
  ctx: TenantContext,
  checkout: Checkout,
  gateway: StripeGateway,
): Promise<OpenedCheckout> {
  const { id: checkoutId, stripeSessionId, url } = checkout;
  if (stripeSessionId && url) return { checkoutId, url, stripeSessionId };

  const { request, session } = await askForPage(ctx, checkout, gateway).catch((error) =>
    giveUpIfFailed(ctx, checkoutId, error),
  );
  // What is embedded has no page at Stripe: ours shows it.
  const page = session.url ?? `${request.successUrl}?pay`;
  const opened = { stripeSessionId: session.sessionId, url: page };
  await transact(ctx, "billing.open-checkout", (tx) =>
    tx.checkout.updateMany({
      // The webhook of its completion may have come first; then there is nothing to open.
      where: { id: checkoutId, status: "opening" },
      data: { ...opened, status: "open", expiresAt: request.expiresAt },
    }),
  );
  return { checkoutId, ...opened };
}

async function askForPage(ctx: TenantContext, checkout: Checkout, gateway: StripeGateway) {
  const accountId = await openAccount(ctx, { tenantId: ctx.tenantId }, gateway);
  const request = await describeSession(ctx, checkout, accountId);
  return { request, session: await gateway.createCheckoutSession(request) };
}

/** Where Stripe would answer the same way again, the next try begins a new checkout. */
async function giveUpIfFailed(
  ctx: TenantContext,
  checkoutId: string,
  error: unknown,
): Promise<never> {
  const isRefused = isStripesNo(error);
  if (isRefused || error instanceof StripeFailed) {
    const status = advance<CheckoutStatus, CheckoutEvent>(
      checkoutLifecycle,
      "checkout",
      "opening",
      "fail",
    );
    await transact(ctx, "billing.open-checkout", (tx) =>
      tx.checkout.updateMany({
        where: { id: checkoutId, status: "opening" },
        data: { status },
      }),
    );
  }
  if (!isRefused) throw error;
  logger.error({ error, checkoutId, traceId: ctx.traceId }, "Stripe refused to open a checkout");
  throw new CheckoutRefused("conflict", "The payment page could not be opened. Try again.");
}

async function describeSession(
  ctx: TenantContext,
  checkout: Checkout,
  accountId: string,
): Promise<NewCheckoutSession> {
  const { versionId, interval, currency, seats, tenantId, traceId } = checkout;
  const ids = [versionId, ...checkout.addOnVersionIds];
  const versions = await view(ctx, (tx) =>
    tx.planVersion.findMany({ where: { id: { in: ids } }, include: wholeVersion }),
  );
  // In the order they were chosen in: every try sends the very same words.
  const counts = [1, ...checkout.addOnQuantities];
  const items = ids.flatMap((id, place) => {
    const version = versions.find((one) => one.id === id);
    const terms = { interval, currency, seats, quantity: counts[place] ?? 1 };
    const own = version ? itemsOf(version, terms) : [];
    return own.map(({ priceId, quantity }) => ({ priceId, quantity }));
  });
  // Not the workspace's own address: that may change while somebody is on Stripe's page.
  const back = new URL(`/checkouts/${checkout.id}`, env().LOCKSTEP_URL).href;
  return {
    checkoutId: checkout.id,
    ...{ tenantId, versionId, traceId, accountId, items },
    trialDays: checkout.trialDays,
    needsCard: checkout.needsCard,
    isEmbedded: checkout.isEmbedded,
    promotionCodeId: checkout.promotionCodeId,
    isTaxed: checkout.isTaxed,
    methodConfigurationId: checkout.methodConfigurationId,
    successUrl: back,
    cancelUrl: `${back}?canceled`,
    expiresAt: expiryOf(checkout),
  };
}
