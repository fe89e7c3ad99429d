import { type CheckoutEvent, type CheckoutStatus, checkoutLifecycle } from "#lib/billing/checkout";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { actAs } from "#lib/events/act-as";
import { type Fact, keyOf, type Owned } from "#lib/events/converger";
import { idOf, type StripeCheckoutSession } from "#lib/stripe/objects";

/** What a session's status means to our checkout; an open one means nothing new. */
const eventOf: Readonly<Record<string, CheckoutEvent | undefined>> = {
  complete: "complete",
  expired: "expire",
};

/**
 * Moves our checkouts where Stripe's sessions are. They are found by the id we gave along, because
 * the webhook may come before we could store the session's.
 */
export async function completeCheckouts(
  tx: Tx,
  seen: readonly Owned<StripeCheckoutSession>[],
  ctx: Context,
): Promise<Map<string, Fact[]>> {
  const facts = new Map<string, Fact[]>();
  for (const one of seen) facts.set(keyOf(one), await complete(tx, one, ctx));
  return facts;
}

async function complete(
  tx: Tx,
  { object, traceId }: Owned<StripeCheckoutSession>,
  ctx: Context,
): Promise<Fact[]> {
  const checkoutId = object.metadata?.checkout_id;
  const checkout = checkoutId && (await tx.checkout.findUnique({ where: { id: checkoutId } }));
  if (!checkout) return [];

  const event = eventOf[object.status ?? ""];
  const next: Partial<Record<CheckoutEvent, CheckoutStatus>> = checkoutLifecycle[checkout.status];
  const status = event && next[event];
  if (!status) return [];
  await actAs(tx, "billing.complete-checkout", traceId);
  await tx.checkout.updateMany({
    where: { id: checkoutId, status: checkout.status },
    data: { status, stripeSessionId: object.id, url: null },
  });
  if (status !== "completed") return [];
  const reference = `checkout:${checkoutId}:completed`;
  const { tenantId } = checkout;
  const data = { subscriptionId: idOf(object.subscription), at: ctx.now().toISOString() };
  return [{ kind: "checkout.completed", reference, tenantId, data }];
}
