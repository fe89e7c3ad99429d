import type { ChangeRequest, Outcome } from "#lib/billing/change";
import { hasItems } from "#lib/billing/change-items";
import { lookAtStripe } from "#lib/billing/look-at-change";
import type { SubscriptionChange } from "#lib/db/generated/client";
import { logger } from "#lib/log";
import { declineOf, isAboutDiscounts, isStripesNo, StripeFailed } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";

type Call = ChangeRequest["call"];
type Asked<C extends Call> = Extract<ChangeRequest, { call: C }>;
type Which = { subscriptionId: string; key: string };
type Said = { now: Date; comment: string | null };
type Make<C extends Call> = (
  gateway: StripeGateway,
  which: Which,
  request: Asked<C>,
  said: Said,
) => Promise<Outcome>;

/** How long Stripe waits for the invoice of a plan that is resumed. */
const payHours = 23;

/** How Stripe is asked for each change. Every request has a key made from the row's id. */
const calls: { readonly [C in Call]: Make<C> } = {
  items: async (gateway, which, { items, target, prorationAt, ifUnpaid, discounts }) => {
    const at = prorationAt === null ? null : new Date(prorationAt);
    const asked = { items, prorationAt: at, ifUnpaid, ...(discounts && { discounts }) };
    const live = await gateway.changeItems({ ...which, ...asked });
    const { pendingUntil: payUntil, latestInvoiceId: invoiceId } = live;
    const isHeld = payUntil !== null && !hasItems(live.items, target);
    return isHeld ? { event: "hold", invoiceId, payUntil } : { event: "apply", invoiceId };
  },
  schedule: async (gateway, { key, ...which }, { target, interval, discounts }) => {
    const taken = { ...which, key: `${key}:schedule` };
    const { scheduleId } = await gateway.scheduleSubscription(taken);
    const phase = {
      ...{ scheduleId, items: target, interval, key: `${key}:phases` },
      ...(discounts && { discounts }),
    };
    const { effectiveAt } = await gateway.scheduleItems(phase);
    return { event: "schedule", scheduleId, effectiveAt };
  },
  cancel: async (gateway, which, { feedback }, { comment }) => {
    const { cancelAt } = await gateway.cancelAtPeriodEnd({ ...which, feedback, comment });
    return { event: "apply", effectiveAt: cancelAt };
  },
  cancel_now: async (gateway, which, { feedback }, { comment }) => {
    await gateway.cancelNow({ ...which, feedback, comment });
    return { event: "apply" };
  },
  keep: async (gateway, which) => {
    await gateway.keepSubscription(which);
    return { event: "apply" };
  },
  pause: async (gateway, which) => {
    await gateway.pauseSubscription(which);
    return { event: "apply" };
  },
  resume: async (gateway, which, _request, { now }) => {
    const { status, latestInvoiceId: invoiceId } = await gateway.resumeSubscription(which);
    if (status !== "paused") return { event: "apply", invoiceId };
    const payUntil = new Date(now.getTime() + payHours * 3_600_000);
    return { event: "hold", invoiceId, payUntil };
  },
  discount: async (gateway, which, { discount }) => {
    await gateway.discountSubscription({ ...which, discount });
    return { event: "apply" };
  },
};

/**
 * Makes a change at Stripe. What Stripe refuses has failed and changed nothing; where it broke down
 * while answering, the subscription itself says whether the change was made.
 */
export async function carryOutChange(
  change: SubscriptionChange,
  gateway: StripeGateway,
  now: Date,
): Promise<Outcome> {
  const request = change.request as ChangeRequest;
  const which = { subscriptionId: change.subscriptionId, key: `change:${change.id}` };
  try {
    if (request.releases) {
      const release = { scheduleId: request.releases, key: `${which.key}:release` };
      await gateway.releaseSchedule(release);
    }
    const said = { now, comment: change.comment };
    return await (calls[request.call] as Make<Call>)(gateway, which, request, said);
  } catch (error) {
    const decline = declineOf(error);
    if (decline) return { event: "fail", error: `${decline} Nothing was changed.` };
    if (error instanceof StripeFailed) return afterBreakdown(change, gateway);
    if (!isStripesNo(error)) throw error;
    logger.error({ error, changeId: change.id }, "Stripe refused a change");
    const why = isAboutDiscounts(error)
      ? "The code was used up or ended in the meantime."
      : "Stripe did not take this change.";
    return { event: "fail", error: `${why} Nothing was changed.` };
  }
}

/** Stripe replays its own failure to the same key, so asking again would not help. */
async function afterBreakdown(
  change: SubscriptionChange,
  gateway: StripeGateway,
): Promise<Outcome> {
  const error = "Stripe broke down while it made this change. Nothing was changed; try again.";
  return (await lookAtStripe(change, gateway)) ?? { event: "fail", error };
}
