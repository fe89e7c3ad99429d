import { itemAmount } from "#sandbox/billing/lines";
import { promotionTyped } from "#sandbox/billing/promotions";
import { releaseSchedule } from "#sandbox/billing/schedule-phases";
import { periodEnd } from "#sandbox/money/calendar";
import { dayOf } from "#sandbox/pages/days";
import type { Act, Portal } from "#sandbox/pages/portal-acts";
import { createSchedule, updateSchedule } from "#sandbox/resources/schedule-changes";
import { updateSubscription } from "#sandbox/resources/subscription-update";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Update = Portal["configuration"]["features"]["subscription_update"];
type Item = ObjectOf<"subscription_item">;

/** What somebody wants their plan to be. */
export interface Wish {
  item: string;
  price: string;
  quantity: string;
  code: string;
}

/** Changes a plan as a portal's configuration says: at once, or when its period ends. */
export function changePlan(
  world: World,
  portal: Portal,
  row: Row<"subscription">,
  wish: Wish,
): Act {
  const update = portal.configuration.features.subscription_update;
  const item = world.find("subscription_item", wish.item);
  if (item?.object.subscription !== row.object.id) return { error: "No such plan." };
  const wanted = wantedOf(update, item.object, wish);
  if (typeof wanted === "string") return { error: wanted };
  const found = discountsWith(world, portal, row, wish.code);
  if (typeof found === "string") return { error: found };
  if (waitsForEnd(world, update, row, item.object, wanted)) {
    return planForEnd(world, row, item.object, wanted);
  }
  const { price, ...counted } = wanted;
  const changed = price === item.object.price.id ? counted : wanted;
  const endsTrial =
    row.object.status === "trialing" && update.trial_update_behavior === "end_trial";
  const isChanged =
    wanted.price !== item.object.price.id || wanted.quantity !== item.object.quantity;
  updateSubscription(world, row, {
    ...found,
    items: [{ id: item.object.id, ...changed }],
    ...(update.billing_cycle_anchor === "now" ? { billing_cycle_anchor: { type: "now" } } : {}),
    ...(endsTrial && isChanged ? { trial_end: "now" as const } : {}),
    proration_behavior: update.proration_behavior as "none",
    payment_behavior: "error_if_incomplete",
  });
  return { done: "Your plan is changed." };
}

/** Takes back a change that waits for the end of the period. */
export function keepCurrentPlan(world: World, row: Row<"subscription">): Act {
  const schedule = world.find("subscription_schedule", row.object.schedule ?? "");
  if (schedule === undefined) return { error: "No change is planned." };
  releaseSchedule(world, schedule);
  return { done: "Your plan stays as it is." };
}

/** What a plan is to become, and when, if a change of it waits. */
export function plannedChange(world: World, { schedule }: ObjectOf<"subscription">) {
  const { phases = [] } = world.find("subscription_schedule", schedule ?? "")?.object ?? {};
  const next = phases.find(({ start_date: at }) => at > world.now());
  const [item] = next?.items ?? [];
  return next === undefined || item === undefined ? undefined : { at: next.start_date, item };
}

function wantedOf(update: Update, item: Item, { price, quantity }: Wish) {
  const { default_allowed_updates: allowed, products } = update;
  const count = Number(quantity);
  const isWhole = Number.isSafeInteger(count) && count > 0;
  if (quantity !== "" && !isWhole) return "Enter a whole number above 0.";
  const chosen = price !== "" && allowed.includes("price") ? price : item.price.id;
  const bounds = products?.find(({ prices }) => prices.includes(chosen))?.adjustable_quantity;
  const { enabled = false, minimum = 1, maximum = null } = bounds ?? {};
  if (enabled && isWhole && (count < minimum || (maximum !== null && count > maximum))) {
    return `Enter a number from ${minimum}${maximum === null ? "" : ` to ${maximum}`}.`;
  }
  const isCounted = isWhole && allowed.includes("quantity");
  const kept = item.quantity === undefined ? {} : { quantity: item.quantity };
  return { price: chosen, ...(isCounted ? { quantity: count } : kept) };
}

function discountsWith(world: World, portal: Portal, row: Row<"subscription">, code: string) {
  const { default_allowed_updates: allowed } = portal.configuration.features.subscription_update;
  if (code === "" || !allowed.includes("promotion_code")) return {};
  const { customer, currency, discounts } = row.object;
  const found = promotionTyped(world, code, { customer, currency });
  if ("problem" in found) return found.problem;
  const kept = discounts.map((discount) => ({ discount }));
  return { discounts: [...kept, { promotion_code: found.row.object.id }] };
}

// Whether less is wanted than there is, and that is to wait until what was paid for is over.
function waitsForEnd(
  world: World,
  update: Update,
  row: Row<"subscription">,
  { price: before, quantity = 1 }: Item,
  wanted: { price: string; quantity?: number },
): boolean {
  const conditions = update.schedule_at_period_end.conditions.map(({ type }) => type);
  const after = world.find("price", wanted.price)?.object;
  if (after === undefined || row.object.status === "trialing") return false;
  const { currency } = row.object;
  const [cost, less] = [
    itemAmount(world, before.id, quantity, currency),
    itemAmount(world, after.id, wanted.quantity ?? 1, currency),
  ];
  const isShorter = lengthOf(after) < lengthOf(before);
  if (isShorter) return conditions.includes("shortening_interval");
  const isSameLength = lengthOf(after) === lengthOf(before);
  return isSameLength && less < cost && conditions.includes("decreasing_item_amount");
}

function lengthOf({ recurring }: ObjectOf<"price">): number {
  const { interval = "month", interval_count = 1 } = recurring ?? {};
  return periodEnd(0, { interval, interval_count }, 1);
}

function planForEnd(
  world: World,
  row: Row<"subscription">,
  item: Item,
  wanted: { price: string; quantity?: number },
): Act {
  const known = world.find("subscription_schedule", row.object.schedule ?? "");
  if (known !== undefined) releaseSchedule(world, known);
  const schedule = createSchedule(world, { from_subscription: row.object.id });
  const [now] = schedule.object.phases;
  if (now === undefined) throw new Error("Invariant: a schedule has a phase");
  const others = world
    .list("subscription_item", { parent: row.object.id, order: "oldest" })
    .map(({ object }) => ({
      id: object.id,
      price: object.price.id,
      ...(object.quantity === undefined ? {} : { quantity: object.quantity }),
    }));
  const { interval = "month", interval_count = 1 } =
    world.find("price", wanted.price)?.object.recurring ?? {};
  updateSchedule(world, schedule, {
    end_behavior: "release",
    phases: [
      {
        items: others.map(({ id: _id, ...each }) => each),
        start_date: now.start_date,
        end_date: now.end_date,
      },
      {
        items: others.map(({ id, ...each }) => (id === item.id ? wanted : each)),
        duration: { interval: interval as "month", interval_count },
        proration_behavior: "none",
      },
    ],
  });
  return { done: `Your plan changes on ${dayOf(now.end_date)}.` };
}
