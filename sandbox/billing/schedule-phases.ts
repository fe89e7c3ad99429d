import { canBeGiven, giveDiscounts } from "#sandbox/billing/discounts";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { checkedPrices, itemsOf, scheduleNext } from "#sandbox/billing/items";
import { addedIn, billPhaseItems, discountsIn, itemsIn } from "#sandbox/billing/phase-items";
import { startSubscription } from "#sandbox/billing/start-subscription";
import { get } from "#sandbox/protocol/route";
import { changeItems } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Schedule = Row<"subscription_schedule">;
const warnedDaysBefore = 7;
type Phase = ObjectOf<"subscription_schedule">["phases"][number];

/** Brings a schedule to where it should be by now: begins the phase that is due, or ends it. */
export function advanceSchedule(world: World, id: string): void {
  const row = world.find("subscription_schedule", id);
  if (row === undefined || !["active", "not_started"].includes(row.object.status)) return;
  const { phases } = row.object;
  const now = world.now();
  const place = phases.findIndex((phase) => phase.start_date <= now && now < phase.end_date);
  const phase = phases[place];
  const last = phases.at(-1);
  if (last !== undefined && now >= last.end_date) {
    finish(world, row);
    return;
  }
  if (phase !== undefined && place !== row.hidden.begun) begin(world, row, phase, place);
  wakeAtNext(world, row);
}

/** Applies the phase that runs now once more, after it was changed. */
export function reapplyPhase(world: World, row: Schedule): void {
  const phase = row.object.phases[row.hidden.begun];
  if (phase !== undefined) applyPhase(world, row, phase, false);
}

/** Lets the subscription go on by itself. */
export function releaseSchedule(world: World, row: Schedule): void {
  const released = row.object.subscription;
  detach(world, row);
  row.object = {
    ...row.object,
    current_phase: null,
    released_at: world.now(),
    released_subscription: released,
    status: "released",
    subscription: null,
  };
  world.save(row);
  world.emit("subscription_schedule.released", row.object);
}

function begin(world: World, row: Schedule, phase: Phase, place: number): void {
  row.hidden = { ...row.hidden, begun: place };
  row.object = {
    ...row.object,
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
    status: "active",
  };
  world.save(row);
  applyPhase(world, row, phase, true);
  world.emit("subscription_schedule.updated", row.object);
}

function applyPhase(world: World, row: Schedule, phase: Phase, begins: boolean): void {
  const kept = world.find("subscription", row.object.subscription ?? "");
  if (kept === undefined) {
    startFrom(world, row, phase);
    return;
  }
  if (begins) billPhaseItems(world, kept.object, phase);
  changeTo(world, row, kept, phase, begins);
}

// What a phase leaves open, its schedule says.
function termsOf({ object: { default_settings: usual } }: Schedule, phase: Phase) {
  const { invoice_settings: own } = phase;
  const days = own?.days_until_due ?? usual.invoice_settings.days_until_due;
  const tax = phase.automatic_tax ?? usual.automatic_tax;
  const terms: Partial<ObjectOf<"subscription">> = {
    application_fee_percent: phase.application_fee_percent ?? usual.application_fee_percent,
    ...(tax === undefined ? {} : { automatic_tax: tax }),
    billing_thresholds: phase.billing_thresholds ?? usual.billing_thresholds,
    ...(days === null ? {} : { days_until_due: days }),
    default_tax_rates: phase.default_tax_rates ?? [],
    on_behalf_of: phase.on_behalf_of ?? usual.on_behalf_of,
    transfer_data: phase.transfer_data ?? usual.transfer_data,
  };
  const collection = phase.collection_method ?? usual.collection_method;
  const description = phase.description ?? usual.description;
  return {
    ...terms,
    ...(collection === null ? {} : { collection_method: collection }),
    ...(description === null ? {} : { description }),
  };
}

function startFrom(world: World, row: Schedule, phase: Phase): void {
  const customer = get(world, "customer", row.object.customer);
  const items = itemsIn(phase);
  const method =
    phase.default_payment_method ??
    row.object.default_settings.default_payment_method ??
    customer.object.invoice_settings.default_payment_method;
  const isTrial = phase.trial === true;
  const { subscription } = startSubscription(world, {
    customer,
    items,
    added: addedIn(phase),
    discounts: discountsIn(phase.discounts),
    currency: checkedPrices(world, items, "phases[0][items]", { asked: phase.currency }),
    method: method ? get(world, "payment_method", method) : undefined,
    defaultMethod: phase.default_payment_method,
    trialEnd: isTrial ? phase.end_date : phase.trial_end,
    endsWithPeriod: false,
    anchor: undefined,
    fields: {
      ...termsOf(row, phase),
      metadata: phase.metadata ?? {},
      schedule: row.object.id,
    },
    collects: true,
    session: { isOffSession: true, isAuthenticated: false },
  });
  row.object = { ...row.object, subscription: subscription.object.id };
  world.save(row);
}

function changeTo(
  world: World,
  row: Schedule,
  kept: Row<"subscription">,
  phase: Phase,
  begins: boolean,
): void {
  const { id, customer, currency } = kept.object;
  const owner = { customer, subscription: id };
  const use = { customer, currency };
  // What was used up or ended since it was planned is left out: the phase begins all the same.
  const sent = discountsIn(phase.discounts).filter((one) => canBeGiven(world, one, use));
  const discounts = sent.length > 0 ? giveDiscounts(world, sent, owner, use) : [];
  kept.object = {
    ...kept.object,
    ...termsOf(row, phase),
    discounts,
    metadata: { ...kept.object.metadata, ...phase.metadata },
    ...(phase.default_payment_method === null
      ? {}
      : { default_payment_method: phase.default_payment_method }),
  };
  world.save(kept);
  const current = itemsOf(world, id);
  const isBoundary = current.every(({ object }) => object.current_period_end <= world.now());
  const behavior = isBoundary ? "none" : (phase.proration_behavior as "create_prorations");
  const wanted = itemsIn(phase);
  const changes = [
    ...wanted.map((item, place) => {
      const same = current[place];
      return same === undefined ? item : { ...item, id: same.object.id };
    }),
    ...current.slice(wanted.length).map(({ object }) => ({ id: object.id, deleted: true })),
  ];
  const anchor = phase.billing_cycle_anchor ?? row.object.default_settings.billing_cycle_anchor;
  const restarts = begins && anchor === "phase_start" && kept.object.status !== "trialing";
  changeItems(world, kept, changes, { behavior, restarts });
}

function finish(world: World, row: Schedule): void {
  if (row.object.end_behavior !== "cancel") {
    releaseSchedule(world, row);
    return;
  }
  const subscription = world.find("subscription", row.object.subscription ?? "");
  detach(world, row);
  row.object = {
    ...row.object,
    completed_at: world.now(),
    current_phase: null,
    status: "completed",
  };
  world.save(row);
  world.emit("subscription_schedule.completed", row.object);
  const fresh = subscription && world.find("subscription", subscription.object.id);
  if (fresh && fresh.object.status !== "canceled") {
    endSubscription(world, fresh, "cancellation_requested", []);
  }
}

function detach(world: World, row: Schedule): void {
  world.unschedule("schedule.advance", row.object.id);
  world.unschedule("schedule.expiring", row.object.id);
  const subscription = world.find("subscription", row.object.subscription ?? "");
  if (subscription === undefined) return;
  const previous = { schedule: subscription.object.schedule };
  subscription.object = { ...subscription.object, schedule: null };
  world.save(subscription);
  world.emit("customer.subscription.updated", subscription.object, previous);
}

/** Warns that a schedule will be over in a week: once for each end it is given. */
export function warnOfEnd(world: World, id: string): void {
  const row = world.find("subscription_schedule", id);
  const end = row?.object.phases.at(-1)?.end_date;
  if (row === undefined || !["active", "not_started"].includes(row.object.status)) return;
  if (end === undefined || row.hidden.warnedOf === end) return;
  row.hidden = { ...row.hidden, warnedOf: end };
  world.save(row);
  world.emit("subscription_schedule.expiring", row.object);
}

/** Wakes the schedule when its next phase begins, or its last ends. */
export function wakeAtNext(world: World, row: Schedule): void {
  const edges = row.object.phases.flatMap((phase) => [phase.start_date, phase.end_date]);
  const next = Math.min(...edges.filter((edge) => edge > world.now()));
  if (Number.isFinite(next)) world.schedule("schedule.advance", row.object.id, next);
  const end = row.object.phases.at(-1)?.end_date;
  if (end === undefined || end <= world.now()) return;
  const warnAt = Math.max(world.now(), end - warnedDaysBefore * 86_400);
  if (row.hidden.warnedOf !== end) world.schedule("schedule.expiring", row.object.id, warnAt);
  const subscription = world.find("subscription", row.object.subscription ?? "");
  if (subscription !== undefined) scheduleNext(world, subscription.object);
}
