import { startCheckout } from "#lib/billing/start-checkout";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import type { World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

export type Choice = Parameters<typeof startCheckout>[1];

/** The owner of a workspace that has bought a plan by card. Their clock is the one given. */
export async function subscribe(
  world: World,
  inbox: Inbox,
  choice: Choice,
  now: () => Date = () => new Date(),
): Promise<TenantContext> {
  const { owner } = await newOwner({ ...world.system, now });
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`, { card: "4242424242424242" });
  await world.settle(inbox);
  return owner;
}

/** Has the tenant's plan paid by another of Stripe's test cards from now on. */
export async function payBy(world: World, owner: TenantContext, method: string): Promise<void> {
  const { subscriptionId, accountId } = await idsOf(owner);
  const card = await world.stripe.paymentMethods.attach(method, { customer_account: accountId });
  await world.stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
}

export async function idsOf(owner: TenantContext) {
  return view(owner, async (tx) => {
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } });
    const subscription = await tx.subscription.findFirstOrThrow({
      where: { tenantId: owner.tenantId },
      orderBy: { createdAt: "desc" },
    });
    return { subscriptionId: subscription.id, accountId: tenant.stripeAccountId! };
  });
}
