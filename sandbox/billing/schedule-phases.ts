import { type DiscountSent, giveDiscounts } from "#sandbox/billing/discounts";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { checkedPrices, itemsOf, type NewItem, scheduleNext } from "#sandbox/billing/items";
import { startSubscription } from "#sandbox/billing/start-subscription";
import { get } from "#sandbox/protocol/route";
import { changeItems } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Schedule = Row<"subscription_schedule">;
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
  if (phase !== undefined) applyPhase(world, row, phase);
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
  row.hidden = { begun: place };
  row.object = {
    ...row.object,
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
    status: "active",
  };
  world.save(row);
  applyPhase(world, row, phase);
  world.emit("subscription_schedule.updated", row.object);
}

function applyPhase(world: World, row: Schedule, phase: Phase): void {
  const kept = world.find("subscription", row.object.subscription ?? "");
  if (kept === undefined) {
    startFrom(world, row, phase);
    return;
  }
  changeTo(world, kept, phase);
}

function startFrom(world: World, row: Schedule, phase: Phase): void {
  const customer = get(world, "customer", row.object.customer);
  const items = itemsIn(phase);
  const method =
    phase.default_payment_method ??
    row.object.default_settings.default_payment_method ??
    customer.object.invoice_settings.default_payment_method;
  const isTrial = phase.trial === true;
  const days = phase.invoice_settings?.days_until_due;
  const { subscription } = startSubscription(world, {
    customer,
    items,
    discounts: discountsIn(phase),
    currency: checkedPrices(world, items, "phases[0][items]", { asked: phase.currency }),
    method: method ? get(world, "payment_method", method) : undefined,
    defaultMethod: phase.default_payment_method,
    trialEnd: isTrial ? phase.end_date : phase.trial_end,
    endsWithPeriod: false,
    anchor: undefined,
    fields: {
      metadata: phase.metadata ?? {},
      schedule: row.object.id,
      ...(phase.collection_method === null ? {} : { collection_method: phase.collection_method }),
      ...(days ? { days_until_due: days } : {}),
      ...(phase.description === null ? {} : { description: phase.description }),
    },
    collects: true,
    session: { isOffSession: true, isAuthenticated: false },
  });
  row.object = { ...row.object, subscription: subscription.object.id };
  world.save(row);
}

function changeTo(world: World, kept: Row<"subscription">, phase: Phase): void {
  const { id, customer, currency } = kept.object;
  const sent = discountsIn(phase);
  const owner = { customer, subscription: id };
  const discounts =
    sent.length > 0 ? giveDiscounts(world, sent, owner, { customer, currency }) : [];
  kept.object = {
    ...kept.object,
    discounts,
    metadata: { ...kept.object.metadata, ...phase.metadata },
    ...(phase.description === null ? {} : { description: phase.description }),
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
  changeItems(world, kept, changes, { behavior });
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
  const subscription = world.find("subscription", row.object.subscription ?? "");
  if (subscription === undefined) return;
  subscription.object = { ...subscription.object, schedule: null };
  world.save(subscription);
}

/** Wakes the schedule when its next phase begins, or its last ends. */
export function wakeAtNext(world: World, row: Schedule): void {
  const edges = row.object.phases.flatMap((phase) => [phase.start_date, phase.end_date]);
  const next = Math.min(...edges.filter((edge) => edge > world.now()));
  if (Number.isFinite(next)) world.schedule("schedule.advance", row.object.id, next);
  const subscription = world.find("subscription", row.object.subscription ?? "");
  if (subscription !== undefined) scheduleNext(world, subscription.object);
}

function itemsIn(phase: Phase): Pick<NewItem, "metadata" | "price" | "quantity">[] {
  return phase.items.map(({ price, quantity, metadata }) => ({
    price,
    ...(quantity === undefined ? {} : { quantity }),
    metadata: metadata ?? {},
  }));
}

function discountsIn(phase: Phase): DiscountSent[] {
  return phase.discounts.map(({ coupon, discount, promotion_code }) => ({
    ...(coupon === null ? {} : { coupon }),
    ...(discount === null ? {} : { discount }),
    ...(promotion_code === null ? {} : { promotion_code }),
  }));
}
