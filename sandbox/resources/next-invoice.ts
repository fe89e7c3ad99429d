import { advanceSubscription } from "#sandbox/billing/advance-subscription";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { intervalOf, itemsOf } from "#sandbox/billing/items";
import { isMetered, licensedLines, meteredLines } from "#sandbox/billing/lines";
import { advanceSchedule } from "#sandbox/billing/schedule-phases";
import { nextBoundary } from "#sandbox/money/calendar";
import { StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;
type Subscription = ObjectOf<"subscription">;
const mostTurns = 60;

/** Lets a subscription run, inside a rehearsal, until it bills, and answers that invoice. */
export function runToNextInvoice(world: World, id: string): Invoice {
  const before = get(world, "subscription", id).object;
  let reached = world.now();
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const now = get(world, "subscription", id).object;
    if (now.latest_invoice !== before.latest_invoice) break;
    const edge = nextEdge(world, now, reached);
    if (edge === undefined) break;
    reached = edge.at;
    world.namespace.clock.holdAt(edge.at, () => {
      if (edge.isOfSchedule) advanceSchedule(world, now.schedule ?? "");
      else advanceSubscription(world, id);
    });
  }
  const { latest_invoice: latest } = get(world, "subscription", id).object;
  if (latest === before.latest_invoice) throw noneUpcoming(before.customer);
  return get(world, "invoice", latest ?? undefined).object;
}

/** Drafts what every period of a subscription costs by itself: no trial, no proration, nothing that
 *  is billed once. */
export function draftRecurring(world: World, subscription: Subscription): Invoice {
  const items = itemsOf(world, subscription.id).map(({ object }) => object);
  const lines = items.flatMap((item) => {
    const start = item.current_period_end;
    const end = nextBoundary(subscription.billing_cycle_anchor, intervalOf(item.price), start);
    return isMetered(item)
      ? meteredLines(world, item, { start, end }, subscription.customer)
      : licensedLines(world, item, { start, end });
  });
  const lasting = subscription.discounts.filter((id) => {
    const coupon = world.find("discount", id)?.object.source.coupon ?? "";
    return world.find("coupon", coupon)?.object.duration !== "once";
  });
  return draftInvoice(world, {
    subscription: { ...subscription, discounts: lasting },
    customer: get(world, "customer", subscription.customer).object,
    reason: "upcoming",
    lines,
    period: { start: world.now(), end: Math.min(...lines.map(({ period }) => period.start)) },
    takesPending: false,
  }).object;
}

/** Stripe's answer where nothing will be billed. */
export function noneUpcoming(customer: string): StripeError {
  return new StripeError(404, {
    type: "invalid_request_error",
    code: "invoice_upcoming_none",
    message: `No upcoming invoices for customer: ${customer}`,
  });
}

// When something next becomes of a subscription by itself, if anything does.
function nextEdge(world: World, subscription: Subscription, reached: number) {
  const { status, cancel_at: endsAt, schedule } = subscription;
  if (!["active", "past_due", "trialing", "unpaid"].includes(status)) return undefined;
  const ends = itemsOf(world, subscription.id).map(({ object }) => object.current_period_end);
  const own = Math.min(...ends, ...(endsAt === null ? [] : [endsAt]));
  const phases = world.find("subscription_schedule", schedule ?? "")?.object.phases ?? [];
  const planned = phases
    .flatMap(({ start_date, end_date }) => [start_date, end_date])
    .filter((at) => at > reached && at < own);
  if (planned.length === 0) return { at: own, isOfSchedule: false };
  return { at: Math.min(...planned), isOfSchedule: true };
}
