import { type CheckoutEvent, type CheckoutStatus, checkoutLifecycle } from "#lib/billing/checkout";
import type { Converger } from "#lib/events/converger";
import { idOf, type StripeCheckoutSession } from "#lib/stripe/objects";

/** What a session's status means to our checkout; an open one means nothing new. */
const eventOf: Readonly<Record<string, CheckoutEvent | undefined>> = {
  complete: "complete",
  expired: "expire",
};

/**
 * Moves our checkout where Stripe's session is. It is found by the id we gave along, because the
 * webhook may come before we could store the session's.
 */
export const syncCheckout: Converger<StripeCheckoutSession> = {
  of: "platform",
  action: "billing.sync-checkout",
  fetch: (gateway, id) => gateway.findCheckoutSession(id),
  // The lifecycle only moves forward, so there is no instant to keep.
  instantOf: async () => null,
  apply: async (tx, { object, ctx }) => {
    const checkoutId = object.metadata?.checkout_id;
    if (!checkoutId) return undefined;
    const checkout = await tx.checkout.findUnique({ where: { id: checkoutId } });
    if (!checkout) return undefined;

    const event = eventOf[object.status ?? ""];
    const next: Partial<Record<CheckoutEvent, CheckoutStatus>> = checkoutLifecycle[checkout.status];
    const status = event && next[event];
    if (!status) return [];
    await tx.checkout.updateMany({
      where: { id: checkoutId, status: checkout.status },
      data: { status, stripeSessionId: object.id, url: null },
    });
    if (status !== "completed") return [];
    const reference = `checkout:${checkoutId}:completed`;
    const { tenantId } = checkout;
    const data = { subscriptionId: idOf(object.subscription), at: ctx.now().toISOString() };
    return [{ kind: "checkout.completed", reference, tenantId, data }];
  },
  effects: {},
};
