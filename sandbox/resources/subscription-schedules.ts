import { dueUsage } from "#sandbox/billing/advance-subscription";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { itemsOf } from "#sandbox/billing/items";
import { blankSchedule } from "#sandbox/billing/new-schedule";
import {
  advanceSchedule,
  reapplyPhase,
  releaseSchedule,
  wakeAtNext,
} from "#sandbox/billing/schedule-phases";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  either,
  integer,
  listOf,
  metadata,
  oneOf,
  only,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import { type PhaseSent, phaseParam, phasesFrom } from "#sandbox/resources/schedule-fields";
import { behaviors } from "#sandbox/resources/subscription-items";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const fields = {
  default_settings: shape({
    collection_method: oneOf(["charge_automatically", "send_invoice"]),
    default_payment_method: text,
    description: unsettable(text),
    application_fee_percent: unbuilt,
    automatic_tax: unbuilt,
    billing_cycle_anchor: unbuilt,
    billing_thresholds: unbuilt,
    invoice_settings: unbuilt,
    on_behalf_of: unbuilt,
    transfer_data: unbuilt,
  }),
  end_behavior: oneOf(["cancel", "release"]),
  metadata: unsettable(metadata),
  phases: listOf(phaseParam),
  pause_schedules: unbuilt,
} satisfies Shape;
const createFields = {
  ...fields,
  billing_mode: shape({ type: required(oneOf(["flexible"])) }),
  customer: text,
  customer_account: text,
  from_subscription: text,
  start_date: either(integer, oneOf(["now"])),
} satisfies Shape;
const url = "/v1/subscription_schedules";

/** `/v1/subscription_schedules`: what a subscription will be, phase by phase. */
export const subscriptionScheduleRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    const row = createSchedule(world, params);
    return show(world, get(world, "subscription_schedule", row.object.id).object);
  }),
  [`GET ${url}`]: listRoute(
    "subscription_schedule",
    url,
    {
      customer: text,
      customer_account: text,
      canceled_at: unbuilt,
      completed_at: unbuilt,
      released_at: unbuilt,
      scheduled: boolean,
    },
    (world, { scheduled, ...who }) => ({
      ...customerFilter(world, who),
      ...(scheduled ? { status: "not_started" } : {}),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("subscription_schedule"),
  [`POST ${url}/:id`]: route(
    { ...fields, proration_behavior: behaviors },
    (world, params, { id }) => {
      const row = runningSchedule(world, id, "updated");
      updateSchedule(world, row, params);
      return show(world, get(world, "subscription_schedule", row.object.id).object);
    },
  ),
  [`POST ${url}/:id/release`]: route(
    { preserve_cancel_date: unbuilt },
    (world, _params, { id }) => {
      const row = runningSchedule(world, id, "released");
      releaseSchedule(world, row);
      return show(world, row.object);
    },
  ),
  [`POST ${url}/:id/cancel`]: route(
    { invoice_now: boolean, prorate: only(boolean, false) },
    (world, params, { id }) => {
      const row = runningSchedule(world, id, "canceled");
      world.unschedule("schedule.advance", row.object.id);
      const subscription = world.find("subscription", row.object.subscription ?? "");
      if (subscription !== undefined) {
        const owed = params.invoice_now === false ? [] : dueUsage(world, subscription.object);
        endSubscription(world, subscription, "cancellation_requested", owed);
      }
      row.object = {
        ...row.object,
        canceled_at: world.now(),
        current_phase: null,
        status: "canceled",
      };
      world.save(row);
      world.emit("subscription_schedule.canceled", row.object);
      return show(world, row.object);
    },
  ),
};

function createSchedule(
  world: World,
  params: Params<typeof createFields>,
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
      ? phasesFrom(world, params.phases ?? [], start)
      : phasesFrom(world, [phaseOf(world, subscription)], startOf(world, subscription));
  const blank = blankSchedule(world, customer.object, phases);
  const row = world.insert(
    "subscription_schedule",
    {
      ...blank,
      default_settings: { ...blank.default_settings, ...params.default_settings },
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
  subscription.object = { ...subscription.object, schedule: row.object.id };
  world.save(subscription);
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

function updateSchedule(
  world: World,
  row: Row<"subscription_schedule">,
  params: Params<typeof fields>,
): void {
  const [first] = params.phases ?? [];
  const sent = first?.start_date === "now" ? world.now() : first?.start_date;
  const start = sent ?? row.object.phases[0]?.start_date ?? world.now();
  const before = JSON.stringify(row.object.phases[row.hidden.begun]?.items);
  row.object = {
    ...row.object,
    ...(params.phases === undefined ? {} : { phases: phasesFrom(world, params.phases, start) }),
    ...(params.end_behavior === undefined ? {} : { end_behavior: params.end_behavior }),
    default_settings: { ...row.object.default_settings, ...params.default_settings },
    metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata ?? undefined),
  };
  world.save(row);
  const current = row.object.phases[row.hidden.begun];
  if (current !== undefined && JSON.stringify(current.items) !== before) reapplyPhase(world, row);
  world.emit("subscription_schedule.updated", row.object);
  advanceSchedule(world, row.object.id);
}

function runningSchedule(
  world: World,
  id: string | undefined,
  verb: string,
): Row<"subscription_schedule"> {
  const row = get(world, "subscription_schedule", id);
  const { status } = row.object;
  if (["active", "not_started"].includes(status)) return row;
  const message = `A subscription schedule that is ${status} cannot be ${verb}.`;
  throw invalidRequest(message, undefined, "id");
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
