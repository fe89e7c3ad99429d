import { announce } from "#sandbox/billing/announce-subscription";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { markUncollectible, voidInvoice } from "#sandbox/billing/collect-invoice";
import { countedPeriod } from "#sandbox/billing/counted-usage";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import { periodLines } from "#sandbox/billing/item-period";
import { intervalOf, itemsOf, noteDebit, scheduleNext } from "#sandbox/billing/items";
import { isMetered, type Line, meteredLines } from "#sandbox/billing/lines";
import { advanceSchedule } from "#sandbox/billing/schedule-phases";
import { finalizeLater } from "#sandbox/billing/start-subscription";
import { nextBoundary } from "#sandbox/money/calendar";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Item = Row<"subscription_item">;

const running = ["active", "trialing", "past_due", "unpaid"];

/** A period, a trial or a subscription has come to its end: bills it and opens the next. */
export function advanceSubscription(world: World, id: string): void {
  // A phase that begins as a period ends decides what the next period costs; what was used in the
  // one that ends is billed by the price it was used under.
  const used = endedItems(world, id);
  const schedule = world.find("subscription", id)?.object.schedule;
  if (schedule) advanceSchedule(world, schedule);
  const row = world.find("subscription", id);
  if (row === undefined || !running.includes(row.object.status)) return;
  const { cancel_at, trial_end, status } = row.object;
  if (cancel_at !== null && cancel_at <= world.now()) {
    endSubscription(world, row, "cancellation_requested", dueUsage(world, row.object), {}, true);
    return;
  }
  const isTrialEnd = status === "trialing" && trial_end !== null && trial_end <= world.now();
  if (isTrialEnd && !hasMethod(world, row.object) && endsWithoutMethod(world, row)) return;
  // A phase that began its own cycle has billed it already.
  if (schedule && !isTrialEnd && !hasEnded(world, row.object)) {
    scheduleNext(world, row.object);
    return;
  }

  const before = show(world, row.object).items as ObjectOf<"subscription">["items"];
  const lines = billDue(world, row.object, { isTrialEnd, used });
  const customer = world.find("customer", row.object.customer);
  if (customer === undefined) return;
  const invoice = draftInvoice(world, {
    subscription: row.object,
    customer: customer.object,
    reason: "subscription_cycle",
    lines,
    period: { start: before.data[0]?.current_period_start ?? world.now(), end: world.now() },
    takesPending: true,
  });
  proceed(world, row.object, invoice);
  const changes: Partial<ObjectOf<"subscription">> = {
    latest_invoice: invoice.object.id,
    ...(isTrialEnd ? { status: "active" } : {}),
  };
  changeSubscription(world, row, changes, { items: before });
  scheduleNext(world, row.object);
}

function hasEnded(world: World, { id }: ObjectOf<"subscription">): boolean {
  const ends = itemsOf(world, id).map(({ object }) => object.current_period_end);
  return Math.min(...ends) <= world.now();
}

// Unpaid, or its collection paused: the invoice waits, or is given up at once.
function proceed(
  world: World,
  { status, pause_collection: pause }: ObjectOf<"subscription">,
  invoice: Row<"invoice">,
): void {
  if (pause === null && status !== "unpaid") {
    finalizeLater(world, invoice);
    return;
  }
  invoice.object = { ...invoice.object, auto_advance: false };
  world.save(invoice);
  if (pause === null || pause.behavior === "keep_as_draft") return;
  finalizeInvoice(world, invoice);
  if (invoice.object.status !== "open") return;
  if (pause.behavior === "void") voidInvoice(world, invoice);
  else markUncollectible(world, invoice);
}

// Licensed items pay for the period that begins; metered ones for the period that ends, unless it
// was a trial.
function billDue(
  world: World,
  subscription: ObjectOf<"subscription">,
  { isTrialEnd, used }: { isTrialEnd: boolean; used: readonly Item[] },
): Line[] {
  const isGone = ({ object: { id } }: Item) =>
    world.find("subscription_item", id)?.isDeleted !== false;
  const gone = isTrialEnd ? [] : used.filter(isGone);
  const left = gone.flatMap((item) => usedLines(world, subscription, item));
  const due = itemsOf(world, subscription.id).flatMap((item) => {
    const ended = { start: item.object.current_period_start, end: item.object.current_period_end };
    if (ended.end > world.now()) return [];
    const before = used.find(({ object: { id } }) => id === item.object.id);
    const anchor = subscription.billing_cycle_anchor;
    const end = nextBoundary(anchor, intervalOf(item.object.price), ended.end);
    item.object = { ...item.object, current_period_start: ended.end, current_period_end: end };
    noteDebit(world, item);
    if (isTrialEnd && isMetered(item.object)) return [];
    if (!isMetered(item.object)) return periodLines(world, subscription, item.object);
    // One that became metered as the period ended has counted nothing of it.
    return before ? usedLines(world, subscription, before) : [];
  });
  return [...left, ...due];
}

// What a metered item counted in its period, at the price it had then.
function usedLines(world: World, { customer }: ObjectOf<"subscription">, item: Item): Line[] {
  const period = countedPeriod(item, item.object.current_period_end);
  return meteredLines(world, item.object, period, customer);
}

// The metered items whose period has come to its end, as they are before anything changes.
function endedItems(world: World, id: string): Item[] {
  return itemsOf(world, id)
    .filter(({ object }) => isMetered(object) && object.current_period_end <= world.now())
    .map((item) => ({ ...item }));
}

/** The usage of the running period, as lines. */
export function dueUsage(world: World, subscription: ObjectOf<"subscription">): Line[] {
  return itemsOf(world, subscription.id)
    .filter(({ object }) => isMetered(object))
    .flatMap((item) =>
      meteredLines(world, item.object, countedPeriod(item, world.now()), subscription.customer),
    );
}

/** Whether there is anything to charge. */
export function hasMethod(world: World, subscription: ObjectOf<"subscription">): boolean {
  if (subscription.default_payment_method !== null) return true;
  const customer = world.find("customer", subscription.customer);
  return Boolean(customer?.object.invoice_settings.default_payment_method);
}

/** What a trial that ends without a payment method was set to do instead of billing, done. */
export function endsWithoutMethod(world: World, row: Row<"subscription">): boolean {
  const { missing_payment_method: what } = row.object.trial_settings?.end_behavior ?? {};
  if (what === "cancel") {
    endSubscription(world, row, null, []);
    return true;
  }
  if (what !== "pause") return false;
  row.object = { ...row.object, status: "paused" };
  world.save(row);
  announce(world, "customer.subscription.paused", row.object, { status: "trialing" });
  return true;
}
