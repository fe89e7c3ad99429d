import type { ChangeRequest, Outcome } from "#lib/billing/change";
import { hasItems } from "#lib/billing/change-items";
import type { SubscriptionChange } from "#lib/db/generated/client";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";

const unpaid = "It was not paid in time, so nothing was changed. Choose it again.";
const ended = "The plan ended before. Nothing was changed.";
const hourMs = 3_600_000;

/** What became of a change that waits, by Stripe's word of now. Null where it still does. */
export async function lookAtChange(
  change: SubscriptionChange,
  gateway: StripeGateway,
  now: Date,
): Promise<Outcome | null> {
  const live = await gateway.readSubscription(change.subscriptionId);
  if (!live || live.status === "canceled") return { event: "fail", error: ended };
  return change.status === "scheduled"
    ? lookAtSchedule(change, live, gateway)
    : lookAtPayment(change, live, gateway, now);
}

/** What a subscription says of a change whose answer was lost; null where it was not made. */
export async function lookAtStripe(
  { subscriptionId, request }: SubscriptionChange,
  gateway: StripeGateway,
): Promise<Outcome | null> {
  const asked = request as ChangeRequest;
  const live = await gateway.readSubscription(subscriptionId);
  const isOver = !live || live.status === "canceled";
  if (isOver) return asked.call === "cancel_now" ? { event: "apply" } : null;
  // What it is counts before what it may become: a change dropped before can linger beside it.
  if (isMade(live, asked)) return { event: "apply" };
  const { pendingUntil: payUntil, latestInvoiceId: invoiceId } = live;
  return payUntil ? { event: "hold", invoiceId, payUntil } : null;
}

async function lookAtSchedule(
  { id, request, scheduleId }: SubscriptionChange,
  live: LiveSubscription,
  gateway: StripeGateway,
): Promise<Outcome | null> {
  if (isMade(live, request as ChangeRequest)) {
    // The schedule has done its work; while it holds on, nothing else could be changed.
    if (live.scheduleId) {
      await gateway.releaseSchedule({ scheduleId: live.scheduleId, key: `change:${id}:done` });
    }
    return { event: "apply" };
  }
  return live.scheduleId === scheduleId ? null : { event: "undo" };
}

async function lookAtPayment(
  { request, invoiceId, payUntil }: SubscriptionChange,
  live: LiveSubscription,
  gateway: StripeGateway,
  now: Date,
): Promise<Outcome | null> {
  if (isMade(live, request as ChangeRequest)) return { event: "apply" };
  const invoice = invoiceId && (await gateway.findObject("invoice", invoiceId, ""));
  const status = invoice && "status" in invoice ? invoice.status : null;
  if (status === "void" || status === "uncollectible" || status === null) {
    return { event: "fail", error: unpaid };
  }
  // Paid, and Stripe is about to make it; or it keeps the change still.
  const isOverdue = payUntil !== null && now.getTime() > payUntil.getTime() + hourMs;
  return isOverdue && status === "open" ? { event: "fail", error: unpaid } : null;
}

function isMade(live: LiveSubscription, request: ChangeRequest): boolean {
  switch (request.call) {
    case "items":
    case "schedule":
      return hasItems(live.items, request.target);
    case "pause":
      return live.status === "paused";
    case "resume":
      return live.status !== "paused";
    case "cancel":
      return live.cancelAt !== null;
    case "keep":
      return live.cancelAt === null;
    case "discount":
      return live.hasDiscount === (request.discount !== null);
    case "cancel_now":
      return false;
  }
}
