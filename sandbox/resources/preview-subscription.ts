import { dueUsage } from "#sandbox/billing/advance-subscription";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { itemsOf } from "#sandbox/billing/items";
import type { Line } from "#sandbox/billing/lines";
import { pendingItems } from "#sandbox/billing/pending-items";
import { prorationDate, unusedTime } from "#sandbox/billing/prorate-item";
import { draftResumption } from "#sandbox/billing/resume-subscription";
import { openSubscription } from "#sandbox/billing/start-subscription";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import { draftRecurring, noneUpcoming, runToNextInvoice } from "#sandbox/resources/next-invoice";
import type { PreviewedChange, PreviewSent } from "#sandbox/resources/preview-fields";
import { startInputFrom } from "#sandbox/resources/subscription-create";
import { replaceDiscounts } from "#sandbox/resources/subscription-discounts";
import { pauseLines } from "#sandbox/resources/subscription-pause";
import { updateSubscription } from "#sandbox/resources/subscription-update";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;
type Subscription = ObjectOf<"subscription">;

/** What a subscription bills next, with the change of a request made to it. */
export function previewChange(
  world: World,
  row: Row<"subscription">,
  params: PreviewSent,
): Invoice {
  const change = params.subscription_details ?? {};
  checkChange(change);
  if (params.discounts !== undefined) replaceDiscounts(world, row, params.discounts ?? []);
  if (change.cancel_now) return draftEnd(world, row.object, change);
  if (change.pause !== undefined && Object.keys(change.pause).length > 0) {
    return draftPause(world, row.object, change.pause);
  }
  if (change.resume_at !== undefined) return draftResume(world, row, change);

  const before = row.object.latest_invoice;
  const waiting = pendingItems(world, row.object).length;
  const behavior = change.proration_behavior ?? "create_prorations";
  const isRecurring = params.preview_mode === "recurring";
  const kept = behavior === "always_invoice" ? "create_prorations" : behavior;
  const { cancel_now: _now, pause: _pause, resume_at: _at, ...changes } = change;
  const { billing_cycle_anchor: anchor, metadata, billing_mode: _mode, ...fields } = changes;
  updateSubscription(world, row, {
    ...fields,
    ...(metadata ? { metadata } : {}),
    ...(anchor === undefined ? {} : { billing_cycle_anchor: { type: restartOf(anchor.type) } }),
    proration_behavior: isRecurring ? "none" : kept,
  });
  if (isRecurring) return draftRecurring(world, row.object);
  if (row.object.latest_invoice !== before) return latestOf(world, row.object.id);
  const isBilledNow =
    behavior === "always_invoice" && pendingItems(world, row.object).length > waiting;
  if (isBilledNow) return draftNow(world, row.object, []);
  return runToNextInvoice(world, row.object.id);
}

/** What a subscription that does not exist yet bills first. */
export function previewNew(world: World, customer: Row<"customer">, params: PreviewSent): Invoice {
  const change = params.subscription_details ?? {};
  const { start_date: start = world.now(), billing_cycle_anchor: anchor, cancel_at } = change;
  const { metadata, default_tax_rates: rates, cancel_at_period_end: ends } = change;
  const { trial_end: trial, proration_behavior: behavior, items = [] } = change;
  return world.namespace.clock.holdAt(Math.max(start, world.now()), () => {
    const input = startInputFrom(world, {
      customer: customer.object.id,
      items: items.map(({ id: _id, deleted: _deleted, clear_usage: _clear, ...item }) => item),
      payment_behavior: "default_incomplete",
      ...(start < world.now() ? { backdate_start_date: start } : {}),
      ...(params.currency === undefined ? {} : { currency: params.currency }),
      ...(anchor?.timestamp === undefined ? {} : { billing_cycle_anchor: anchor.timestamp }),
      ...(cancel_at ? { cancel_at } : {}),
      ...(ends === undefined ? {} : { cancel_at_period_end: ends }),
      ...(rates ? { default_tax_rates: rates } : {}),
      ...(params.discounts ? { discounts: params.discounts } : {}),
      ...(metadata ? { metadata } : {}),
      ...(behavior === undefined ? {} : { proration_behavior: behavior }),
      ...(trial === undefined ? {} : { trial_end: trial }),
    });
    const { subscription, invoice } = openSubscription(world, input);
    if (params.preview_mode === "recurring") return draftRecurring(world, subscription.object);
    if (invoice !== undefined) return invoice.object;
    subscription.object = { ...subscription.object, status: "active" };
    world.save(subscription);
    return runToNextInvoice(world, subscription.object.id);
  });
}

function checkChange(change: PreviewedChange): void {
  const { proration_date: date, proration_behavior: behavior, items, trial_end: end } = change;
  if (change.start_date !== undefined) {
    const message = "A subscription there is has started: `start_date` is for a new one.";
    throw invalidRequest(message, undefined, "subscription_details[start_date]");
  }
  if (date === undefined) return;
  const param = "subscription_details[proration_date]";
  if (behavior === "none") {
    const message = "You cannot set `proration_date` when `proration_behavior` is `none`.";
    throw invalidRequest(message, undefined, param);
  }
  if (items ?? end ?? change.cancel_now ?? change.billing_cycle_anchor) return;
  const message = "`proration_date` needs one of `items` and `trial_end`.";
  throw invalidRequest(message, undefined, param);
}

function restartOf(type: "now" | "timestamp" | "unchanged"): "now" | "unchanged" {
  if (type !== "timestamp") return type;
  const param = "subscription_details[billing_cycle_anchor][type]";
  const message = "The anchor of a subscription there is can be `now` or `unchanged`.";
  throw invalidRequest(message, undefined, param);
}

// What is billed when a subscription is canceled at once, and invoiced.
function draftEnd(world: World, subscription: Subscription, change: PreviewedChange): Invoice {
  const { proration_behavior: behavior, proration_date: date } = change;
  const at = prorationDate(itemsOf(world, subscription.id), world.now(), date);
  const credits = behavior === "none" ? [] : unusedTime(world, subscription, at);
  return draftNow(world, subscription, [...credits, ...dueUsage(world, subscription)]);
}

function draftPause(
  world: World,
  subscription: Subscription,
  pause: NonNullable<PreviewedChange["pause"]>,
): Invoice {
  const lines = pauseLines(world, subscription, pause);
  const isBilled = pause.invoicing_behavior === "invoice" && lines.length > 0;
  if (!isBilled) throw noneUpcoming(subscription.customer);
  return draftNow(world, subscription, lines);
}

function draftResume(
  world: World,
  row: Row<"subscription">,
  { billing_cycle_anchor: anchor, proration_behavior, proration_date: from }: PreviewedChange,
): Invoice {
  if (row.object.status !== "paused") {
    const message = "Only a paused subscription can be resumed.";
    throw invalidRequest(message, undefined, "subscription_details[resume_at]");
  }
  const prorates = proration_behavior !== "none";
  const type = restartOf(anchor?.type ?? "now");
  const invoice = draftResumption(world, row, type, { from, prorates });
  if (invoice === undefined) throw noneUpcoming(row.object.customer);
  return invoice.object;
}

// A bill of what is owed now. Where nothing is, there is no bill.
function draftNow(world: World, subscription: Subscription, lines: Line[]): Invoice {
  if (lines.length === 0 && pendingItems(world, subscription).length === 0) {
    throw noneUpcoming(subscription.customer);
  }
  return draftInvoice(world, {
    subscription,
    customer: get(world, "customer", subscription.customer).object,
    reason: "subscription_update",
    lines,
    period: { start: world.now(), end: world.now() },
    takesPending: true,
  }).object;
}

function latestOf(world: World, subscription: string): Invoice {
  const { latest_invoice: id } = get(world, "subscription", subscription).object;
  return get(world, "invoice", id ?? undefined).object;
}
