import { startCheckout } from "#lib/billing/start-checkout";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { type StripeClient, stripeClientFromEnv } from "#lib/stripe/stripe-client";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asOwner } from "#prisma/seed/people";

/** An act on the local Stripe's own plane, in place of a person at its pages. */
export type Act = (path: string, body?: object) => Promise<unknown>;

/** Takes a company through checkout, as far as it went. Says whether it did now. */
export async function seedCheckout(ctx: Context, tenant: DemoTenant, act: Act): Promise<boolean> {
  const { checkout, slug } = tenant;
  if (!checkout || (await hasCheckout(ctx, slug))) return false;

  const { checkoutId } = await asOwner(ctx, tenant, (member) => startCheckout(member, checkout));
  if (!tenant.later) return true;
  const row = await view(ctx, (tx) => tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }));
  await act(`checkout/${row.stripeSessionId}/complete`, { card: "4242424242424242" });
  return true;
}

/**
 * What came later: a card that is refused at the next renewal, or a goodbye. Needs the mirrors
 * filled. Says whether it did something now.
 */
export async function seedAftermath(ctx: Context, { slug, later }: DemoTenant): Promise<boolean> {
  if (later !== "falls-behind" && later !== "cancels") return false;
  const tenant = await view(ctx, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { slug }, include: { subscriptions: true } }),
  );
  const [subscription] = tenant.subscriptions;
  if (subscription?.status !== "active") return false;
  const stripe = stripeClientFromEnv();
  if (later === "cancels") await stripe.subscriptions.cancel(subscription.id);
  else await giveRefusedCard(stripe, subscription.id, tenant.stripeAccountId!);
  return true;
}

/** A card that saves without complaint and is refused whenever it is charged. */
async function giveRefusedCard(stripe: StripeClient, id: string, account: string): Promise<void> {
  const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer_account: account,
  });
  await stripe.subscriptions.update(id, { default_payment_method: card.id });
}

async function hasCheckout(ctx: Context, slug: string): Promise<boolean> {
  const count = await view(ctx, (tx) => tx.checkout.count({ where: { tenant: { slug } } }));
  return count > 0;
}
