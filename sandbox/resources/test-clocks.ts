import { endSubscription } from "#sandbox/billing/end-subscription";
import { intervalOf, itemsOf } from "#sandbox/billing/items";
import { periodEnd } from "#sandbox/money/calendar";
import { invalidRequest } from "#sandbox/protocol/errors";
import { required, text, timestamp, unbuilt } from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { jobs } from "#sandbox/resources/jobs";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { liveStatuses, show } from "#sandbox/store/views";
import type { JobName } from "#sandbox/world/jobs";
import type { World } from "#sandbox/world/world";

type Clock = ObjectOf<"test_helpers.test_clock">;
const url = "/v1/test_helpers/test_clocks";
const keptDays = 30;
const mostSteps = 2;

/** `/v1/test_helpers/test_clocks`: time for some customers alone. */
export const testClockRoutes: Routes = {
  [`POST ${url}`]: route(
    { frozen_time: required(timestamp), name: text, customer: unbuilt },
    (world, { frozen_time, name }) => {
      const object: Clock = {
        id: world.newId("clock"),
        object: "test_helpers.test_clock",
        created: world.now(),
        deletes_after: world.now() + keptDays * 86_400,
        frozen_time,
        livemode: false,
        name: name ?? null,
        status: "ready",
        status_details: {},
      };
      world.insert("test_helpers.test_clock", object, {});
      world.emit("test_helpers.test_clock.created", object);
      return show(world, object);
    },
  ),
  [`GET ${url}`]: listRoute("test_helpers.test_clock", url, {}, () => ({})),
  [`GET ${url}/:id`]: retrieveRoute("test_helpers.test_clock"),
  [`DELETE ${url}/:id`]: route({}, (world, _params, { id }) => {
    const row = get(world, "test_helpers.test_clock", id);
    for (const customer of customersOf(world, row.object.id)) {
      for (const live of liveOf(world, customer.object.id)) endSubscription(world, live, null, []);
      world.remove(customer);
      world.emit("customer.deleted", customer.object);
    }
    world.remove(row);
    world.emit("test_helpers.test_clock.deleted", row.object);
    return { id: row.object.id, object: "test_helpers.test_clock", deleted: true };
  }),
  [`POST ${url}/:id/advance`]: route(
    { frozen_time: required(timestamp) },
    (world, { frozen_time: target }, { id }) => {
      const row = get(world, "test_helpers.test_clock", id);
      checkTarget(world, row.object, target);
      row.object = {
        ...row.object,
        status: "advancing",
        status_details: { advancing: { target_frozen_time: target } },
      };
      world.save(row);
      world.emit("test_helpers.test_clock.advancing", row.object);
      // The clock's own work is not under the clock: it runs as soon as this answer is given.
      world.under(null).schedule("test-clock.advance", row.object.id, 0);
      return show(world, row.object);
    },
  ),
};

/** Runs everything of a clock up to where it is to stand, each at its own instant. */
export function advanceTestClock(world: World, id: string): void {
  const row = world.find("test_helpers.test_clock", id);
  const target = row?.object.status_details.advancing?.target_frozen_time;
  if (row === undefined || target === undefined) return;
  const { database, namespace } = world;
  for (;;) {
    const timer = database.one(
      "SELECT * FROM timers WHERE namespace = ? AND clock = ? AND due <= ? " +
        "ORDER BY due, sequence LIMIT 1",
      ...[namespace.name, id, target],
    );
    if (timer === undefined) break;
    database.run("DELETE FROM timers WHERE sequence = ?", Number(timer.sequence));
    const own = world.as(String(timer.account)).under(id);
    namespace.clock.holdAt(Number(timer.due), () => {
      jobs[timer.job as JobName](own, String(timer.subject));
    });
  }
  row.object = { ...row.object, frozen_time: target, status: "ready", status_details: {} };
  world.save(row);
  world.emit("test_helpers.test_clock.ready", row.object);
}

function checkTarget(world: World, clock: Clock, target: number): void {
  if (clock.status !== "ready") {
    const message = "Test clock advancement underway - cannot advance further yet.";
    throw invalidRequest(message, undefined, "frozen_time");
  }
  if (target <= clock.frozen_time) {
    const message = "A test clock can only be advanced to a later time.";
    throw invalidRequest(message, undefined, "frozen_time");
  }
  const limits = customersOf(world, clock.id)
    .flatMap(({ object }) => liveOf(world, object.id))
    .flatMap(({ object }) => itemsOf(world, object.id))
    .map(({ object }) => periodEnd(clock.frozen_time, intervalOf(object.price), mostSteps));
  if (target > Math.min(...limits)) {
    const message =
      "Test clocks can be advanced by at most two intervals of their shortest subscription at a " +
      "time.";
    throw invalidRequest(message, undefined, "frozen_time");
  }
}

function liveOf(world: World, customer: string): Row<"subscription">[] {
  return world.list("subscription", { customer, statuses: liveStatuses });
}

function customersOf(world: World, clock: string): Row<"customer">[] {
  return world.list("customer").filter(({ object }) => object.test_clock === clock);
}
