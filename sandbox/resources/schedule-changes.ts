import { itemsOf } from "#sandbox/billing/items";
import { blankSchedule } from "#sandbox/billing/new-schedule";
import { advanceSchedule, reapplyPhase, wakeAtNext } from "#sandbox/billing/schedule-phases";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  either,
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { get, mergeMetadata } from "#sandbox/protocol/route";
import { customerNamedBy } from "#sandbox/resources/customer-named";
import {
  type PhaseSent,
  phaseParam,
  phasesFrom,
  phaseTerms,
  termsFrom,
} from "#sandbox/resources/schedule-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Settings = ObjectOf<"subscription_schedule">["default_settings"];

/** What updating a schedule takes. */
export const scheduleFields = {
  default_settings: shape(phaseTerms),
  end_behavior: oneOf(["cancel", "release"]),
  metadata: unsettable(metadata),
  phases: listOf(phaseParam),
  pause_schedules: unbuilt,
} satisfies Shape;
/** What creating a schedule takes. */
export const createScheduleFields = {
  ...scheduleFields,
  billing_mode: shape({ type: required(oneOf(["flexible"])) }),
  customer: text,
  customer_account: text,
  from_subscription: text,
  start_date: either(integer, oneOf(["now"])),
} satisfies Shape;
/** Makes a schedule, and begins it if its time has come. */
export function createSchedule(
  world: World,
  params: Params<typeof createScheduleFields>,
): Row<"subscription_schedule"> {
  const from = params.from_subscription;
  const subscription =
    from === undefined ? undefined : get(world, "subscription", from, "from_subscription");
  if (subscription !== undefined && params.phases !== undefined) {
    const message = "You cannot set `phases` if `from_subscription` is set.";
    throw invalidRequest(message, undefined, "phases");
  }
  if (subscription !== undefined && subscription.object.schedule !== null) {
    const message = "This subscription is already attached to a schedule.";
    throw invalidRequest(message, undefined, "from_subscription");
  }
  const customer =
    subscription === undefined
      ? customerNamedBy(world, params)
      : get(world, "customer", subscription.object.customer);
  if (customer === undefined) {
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  }
  const start = params.start_date === "now" ? world.now() : (params.start_date ?? world.now());
  const phases =
    subscription === undefined
      ? phasesFrom(world, params.phases ?? [], start, customer.object.currency)
      : phasesFrom(world, [phaseOf(world, subscription)], startOf(world, subscription));
  const blank = blankSchedule(world, customer.object, phases);
  const row = world.insert(
    "subscription_schedule",
    {
      ...blank,
      default_settings: {
        ...settingsFrom(world, blank.default_settings, params.default_settings),
        ...(subscription && { automatic_tax: subscription.object.automatic_tax }),
      },
      end_behavior: params.end_behavior ?? "release",
      metadata: mergeMetadata({}, params.metadata ?? undefined),
    },
    { begun: -1 },
  );
  if (subscription !== undefined) take(world, row, subscription);
  world.emit("subscription_schedule.created", row.object);
  if (subscription === undefined) advanceSchedule(world, row.object.id);
  else wakeAtNext(world, row);
  return row;
}

function take(
  world: World,
  row: Row<"subscription_schedule">,
  subscription: Row<"subscription">,
): void {
  const [phase] = row.object.phases;
  const previous = { schedule: subscription.object.schedule };
  subscription.object = { ...subscription.object, schedule: row.object.id };
  world.save(subscription);
  world.emit("customer.subscription.updated", subscription.object, previous);
  row.hidden = { begun: 0 };
  row.object = {
    ...row.object,
    current_phase:
      phase === undefined ? null : { start_date: phase.start_date, end_date: phase.end_date },
    status: "active",
    subscription: subscription.object.id,
  };
  world.save(row);
}

function settingsFrom(
  world: World,
  kept: Settings,
  sent: Params<typeof scheduleFields>["default_settings"],
): Settings {
  if (sent === undefined) return kept;
  const { collection_method: collection, default_payment_method: method, description } = sent;
  const terms = termsFrom(world, sent);
  const named = Object.fromEntries(
    Object.entries(terms).filter(([name]) => Object.hasOwn(sent, name)),
  );
  const settings = terms.invoice_settings;
  const { issuer } = kept.invoice_settings;
  return {
    ...kept,
    ...(named as Partial<Settings>),
    billing_cycle_anchor: terms.billing_cycle_anchor ?? kept.billing_cycle_anchor,
    ...(collection === undefined ? {} : { collection_method: collection }),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(description === undefined ? {} : { description }),
    invoice_settings:
      settings === null
        ? kept.invoice_settings
        : { ...settings, issuer: settings.issuer ?? issuer },
  };
}

/** Changes a schedule, and what it runs. */
export function updateSchedule(
  world: World,
  row: Row<"subscription_schedule">,
  params: Params<typeof scheduleFields>,
): void {
  const [first] = params.phases ?? [];
  const sent = first?.start_date === "now" ? world.now() : first?.start_date;
  const start = sent ?? row.object.phases[0]?.start_date ?? world.now();
  const before = shapeOf(row);
  row.object = {
    ...row.object,
    ...(params.phases === undefined ? {} : { phases: phasesFrom(world, params.phases, start) }),
    ...(params.end_behavior === undefined ? {} : { end_behavior: params.end_behavior }),
    default_settings: settingsFrom(world, row.object.default_settings, params.default_settings),
    metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata ?? undefined),
  };
  world.save(row);
  if (row.hidden.begun >= 0 && shapeOf(row) !== before) reapplyPhase(world, row);
  world.emit("subscription_schedule.updated", row.object);
  advanceSchedule(world, row.object.id);
}

function startOf(world: World, { object }: Row<"subscription">): number {
  const starts = itemsOf(world, object.id).map((item) => item.object.current_period_start);
  return Math.min(...starts);
}

function phaseOf(world: World, { object }: Row<"subscription">): PhaseSent {
  const items = itemsOf(world, object.id).map(({ object: item }) => ({
    price: item.price.id,
    ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
  }));
  const ends = itemsOf(world, object.id).map((item) => item.object.current_period_end);
  return {
    items,
    end_date: Math.min(...ends),
    discounts: object.discounts.map((discount) => ({ discount })),
    metadata: object.metadata,
  };
}

// What the phase that runs makes of its subscription: not its dates, nor what is billed once.
function shapeOf({ object, hidden }: Row<"subscription_schedule">): string {
  const { start_date, end_date, add_invoice_items, ...phase } = object.phases[hidden.begun] ?? {};
  return JSON.stringify([phase, object.default_settings]);
}
