import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { DiscountToGive, Keyed } from "#lib/stripe/gateway-subscriptions";
import { idOf, instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** What a subscription is made of in one phase. */
export type PhaseItem = { priceId: string; quantity: number | null };
export type NextPhase = {
  key: string;
  scheduleId: string;
  items: PhaseItem[];
  interval: "month" | "year";
  /** In place of the discounts there are; left out, they stay. */
  discounts?: DiscountToGive[];
};
type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase;
type Discount = Stripe.SubscriptionScheduleUpdateParams.Phase.Discount;
type Terms = { discounts?: Discount[] };

/** The calls that plan what a subscription is to be when its period ends. */
export function scheduleCalls(stripe: StripeClient) {
  return {
    /** Has a schedule take hold of a subscription as it is. */
    scheduleSubscription({ subscriptionId, key }: Keyed): Promise<{ scheduleId: string }> {
      return ask(async () => {
        const { id } = await stripe.subscriptionSchedules.create(
          { from_subscription: subscriptionId },
          { idempotencyKey: key },
        );
        return { scheduleId: id };
      });
    },

    /** After the phase of now comes another, for one period; then the schedule lets go. */
    scheduleItems(next: NextPhase): Promise<{ effectiveAt: Date }> {
      return ask(async () => {
        const { phases } = await stripe.subscriptionSchedules.retrieve(next.scheduleId);
        const now = phases[0]!;
        await stripe.subscriptionSchedules.update(
          next.scheduleId,
          { end_behavior: "release", phases: phasesOf(now, next) },
          { idempotencyKey: next.key },
        );
        return { effectiveAt: instantFrom(now.end_date) };
      });
    },

    /** The schedule lets go of its subscription, which stays as it is. True also if it had. */
    async releaseSchedule({ scheduleId, key }: { scheduleId: string; key: string }) {
      return ask(async () => {
        const { status } = await stripe.subscriptionSchedules.retrieve(scheduleId);
        if (status !== "active" && status !== "not_started") return;
        await stripe.subscriptionSchedules.release(scheduleId, {}, { idempotencyKey: key });
      });
    },
  };
}

function phasesOf(now: Stripe.SubscriptionSchedule.Phase, next: NextPhase): Phase[] {
  const kept = keptTerms(now);
  const items = now.items.map(({ price, quantity }) =>
    phaseItem({ priceId: idOf(price)!, quantity: quantity ?? null }),
  );
  const following = next.items.map(phaseItem);
  const duration = { interval: next.interval };
  // A trial that is not said again would be over.
  const trial = now.trial_end === null ? {} : { trial_end: now.trial_end };
  const others = next.discounts ? { discounts: next.discounts } : {};
  return [
    { ...kept, ...trial, items, start_date: now.start_date, end_date: now.end_date },
    { ...kept, ...others, items: following, duration, proration_behavior: "none" },
  ];
}

function phaseItem({ priceId, quantity }: PhaseItem) {
  return { price: priceId, ...(quantity !== null && { quantity }) };
}

/** What a phase would lose if it were not said again. */
function keptTerms({ discounts }: Stripe.SubscriptionSchedule.Phase): Terms {
  const kept = discounts.flatMap(({ discount, coupon, promotion_code: code }): Discount[] => {
    if (discount) return [{ discount: idOf(discount)! }];
    if (code) return [{ promotion_code: idOf(code)! }];
    return coupon ? [{ coupon: idOf(coupon)! }] : [];
  });
  return kept.length > 0 ? { discounts: kept } : {};
}
