import { recordUsage } from "#sandbox/billing/usage";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  oneOf,
  required,
  type Shape,
  shape,
  text,
  textByKey,
} from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  listRoute,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const createFields = {
  display_name: required(text),
  event_name: required(text),
  default_aggregation: required(shape({ formula: required(oneOf(["sum", "count", "last"])) })),
  customer_mapping: shape({ event_payload_key: required(text), type: required(oneOf(["by_id"])) }),
  event_time_window: oneOf(["day", "hour"]),
  value_settings: shape({ event_payload_key: required(text) }),
} satisfies Shape;

const eventFields = {
  event_name: required(text),
  identifier: text,
  payload: required(textByKey),
} satisfies Shape;

/** `/v1/billing/meters` and the events that are counted by them. */
export const meterRoutes: Routes = {
  "POST /v1/billing/meters": route(createFields, (world, params) => {
    const taken = world.list("billing.meter", { key: params.event_name, status: "active" });
    if (taken.length > 0) {
      const message = `An active meter with the event name '${params.event_name}' already exists.`;
      throw invalidRequest(message, "resource_already_exists", "event_name");
    }
    const object: ObjectOf<"billing.meter"> = {
      id: world.newId("mtr_test"),
      object: "billing.meter",
      created: world.now(),
      customer_mapping: params.customer_mapping ?? {
        event_payload_key: "stripe_customer_id",
        type: "by_id",
      },
      default_aggregation: params.default_aggregation,
      display_name: params.display_name,
      event_name: params.event_name,
      event_time_window: params.event_time_window ?? null,
      livemode: false,
      status: "active",
      status_transitions: { deactivated_at: null },
      updated: world.now(),
      value_settings: params.value_settings ?? { event_payload_key: "value" },
    };
    world.insert("billing.meter", object, {});
    world.emit("billing.meter.created", object);
    return show(world, object);
  }),
  "GET /v1/billing/meters": listRoute(
    "billing.meter",
    "/v1/billing/meters",
    { status: oneOf(["active", "inactive"]) },
    (_world, { status }) => (status === undefined ? {} : { status }),
  ),
  "GET /v1/billing/meters/:id": retrieveRoute("billing.meter"),
  "POST /v1/billing/meters/:id": route({ display_name: text }, (world, params, { id }) =>
    change(world, id, params, "billing.meter.updated"),
  ),
  "POST /v1/billing/meters/:id/deactivate": route({}, (world, _params, { id }) =>
    change(
      world,
      id,
      { status: "inactive", status_transitions: { deactivated_at: world.now() } },
      "billing.meter.deactivated",
    ),
  ),
  "POST /v1/billing/meters/:id/reactivate": route({}, (world, _params, { id }) =>
    change(
      world,
      id,
      { status: "active", status_transitions: { deactivated_at: null } },
      "billing.meter.reactivated",
    ),
  ),
  "POST /v1/billing/meter_events": route(
    { ...eventFields, timestamp: integer },
    (world, { timestamp = world.now(), ...event }) => {
      const { identifier } = recordUsage(world, { ...event, timestamp });
      return {
        object: "billing.meter_event",
        created: world.now(),
        event_name: event.event_name,
        identifier,
        livemode: false,
        payload: event.payload,
        timestamp,
      };
    },
  ),
  "POST /v2/billing/meter_events": route({ ...eventFields, timestamp: text }, (world, event) => {
    const at = event.timestamp === undefined ? world.now() : secondsFrom(event.timestamp);
    const { identifier } = recordUsage(world, { ...event, timestamp: at });
    return {
      object: "v2.billing.meter_event",
      created: new Date(world.now() * 1000).toISOString(),
      event_name: event.event_name,
      identifier,
      livemode: false,
      payload: event.payload,
      timestamp: new Date(at * 1000).toISOString(),
    };
  }),
};

function change(
  world: World,
  id: string | undefined,
  changes: Partial<ObjectOf<"billing.meter">>,
  event: Parameters<World["emit"]>[0],
) {
  const row = get(world, "billing.meter", id);
  const before = row.object;
  row.object = { ...before, ...changes, updated: world.now() };
  world.save(row);
  world.emit(event, row.object, changesOf<"billing.meter">(before, row.object));
  return show(world, row.object);
}

function secondsFrom(written: string): number {
  const ms = Date.parse(written);
  if (!Number.isNaN(ms)) return Math.floor(ms / 1000);
  throw invalidRequest(`Invalid timestamp: ${written}`, "invalid_timestamp", "timestamp");
}
