import { dueUsage } from "#sandbox/billing/advance-subscription";
import { closeSchedule } from "#sandbox/billing/close-schedule";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { releaseSchedule } from "#sandbox/billing/schedule-phases";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, only, text, unbuilt } from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customer-named";
import {
  createSchedule,
  createScheduleFields,
  scheduleFields,
  updateSchedule,
} from "#sandbox/resources/schedule-changes";
import { behaviors } from "#sandbox/resources/subscription-items";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const url = "/v1/subscription_schedules";

/** `/v1/subscription_schedules`: what a subscription will be, phase by phase. */
export const subscriptionScheduleRoutes: Routes = {
  [`POST ${url}`]: route(createScheduleFields, (world, params) => {
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
    { ...scheduleFields, proration_behavior: behaviors },
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
      const subscription = world.find("subscription", row.object.subscription ?? "");
      if (subscription !== undefined) {
        const owed = params.invoice_now === false ? [] : dueUsage(world, subscription.object);
        endSubscription(world, subscription, "cancellation_requested", owed);
      }
      closeSchedule(world, row.object.id, "canceled");
      return show(world, get(world, "subscription_schedule", row.object.id).object);
    },
  ),
};

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
