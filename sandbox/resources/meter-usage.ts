import { findUsage, forgetUsage } from "#sandbox/billing/meter-adjustments";
import { summariesOf } from "#sandbox/billing/meter-summaries";
import { reportUsage } from "#sandbox/billing/report-usage";
import { recordUsage } from "#sandbox/billing/usage";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import {
  integer,
  listOf,
  oneOf,
  required,
  type Shape,
  shape,
  text,
  textByKey,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  pageSize,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { findCustomer } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const alertUrl = "/v1/billing/alerts";
const mostEvents = 100;
const sessionMinutes = 15;
const cancel = {
  event_name: required(text),
  type: required(oneOf(["cancel"])),
  cancel: required(shape({ identifier: required(text) })),
} satisfies Shape;
const threshold = shape({
  filters: listOf(shape({ customer: text, type: required(oneOf(["customer"])) })),
  gte: required(integer),
  meter: required(text),
  recurrence: required(oneOf(["one_time"])),
});

/** What meters counted, taking an event back, warnings, and events by the thousand. */
export const meterUsageRoutes: Routes = {
  "GET /v1/billing/meters/:id/event_summaries": route(
    {
      ...pagingParams,
      customer: required(text),
      start_time: required(integer),
      end_time: required(integer),
      value_grouping_window: oneOf(["day", "hour"]),
    },
    (world, { customer, start_time, end_time, value_grouping_window, ...paging }, { id }) => {
      const meter = get(world, "billing.meter", id).object;
      const who = findCustomer(world, customer, "customer").object.id;
      const range = { start: start_time, end: end_time };
      const all = summariesOf(world, meter, who, range, value_grouping_window);
      const after = all.findIndex((summary) => summary.id === paging.starting_after) + 1;
      const data = all.slice(after, after + pageSize(paging.limit));
      const url = `/v1/billing/meters/${id}/event_summaries`;
      return { object: "list", url, has_more: all.length > after + data.length, data };
    },
  ),
  "POST /v1/billing/meter_event_adjustments": route(cancel, (world, params) => {
    forgetUsage(world, params.event_name, params.cancel.identifier);
    return {
      object: "billing.meter_event_adjustment",
      cancel: params.cancel,
      event_name: params.event_name,
      livemode: false,
      status: "pending",
      type: "cancel",
    };
  }),
  "POST /v2/billing/meter_event_adjustments": route(cancel, (world, params) => {
    forgetUsage(world, params.event_name, params.cancel.identifier);
    return {
      id: world.newId("mtr_event_adj"),
      object: "v2.billing.meter_event_adjustment",
      cancel: params.cancel,
      created: new Date(world.now() * 1000).toISOString(),
      event_name: params.event_name,
      livemode: false,
      status: "pending",
      type: "cancel",
    };
  }),
  "POST /v2/billing/meter_event_session": route({}, (world) => {
    const secret = world.newId("secret").split("_")[1];
    const object: ObjectOf<"v2.billing.meter_event_session"> = {
      id: world.newId("mes_test"),
      object: "v2.billing.meter_event_session",
      authentication_token: `token_test_${world.namespace.name}.${world.account}.${secret}`,
      created: new Date(world.now() * 1000).toISOString(),
      expires_at: new Date((world.now() + sessionMinutes * 60) * 1000).toISOString(),
      livemode: false,
    };
    world.insert("v2.billing.meter_event_session", object, {}, world.now());
    return object;
  }),
  "POST /v2/billing/meter_event_stream": route(
    {
      events: required(
        listOf(
          shape({
            event_name: required(text),
            identifier: text,
            payload: required(textByKey),
            timestamp: text,
          }),
        ),
      ),
    },
    (world, { events }) => {
      checkSession(world);
      if (events.length > mostEvents) {
        const message = `A stream takes up to ${mostEvents} events at once.`;
        throw invalidRequest(message, undefined, "events");
      }
      for (const event of events) count(world, event);
      return {};
    },
  ),
  [`POST ${alertUrl}`]: route(
    {
      alert_type: required(oneOf(["usage_threshold"])),
      title: required(text),
      usage_threshold: required(threshold),
    },
    (world, { title, usage_threshold: sent }) => {
      const meter = get(world, "billing.meter", sent.meter, "usage_threshold[meter]").object.id;
      const filters = (sent.filters ?? []).map(({ customer }) => ({
        customer: customer === undefined ? null : findCustomer(world, customer).object.id,
        type: "customer" as const,
      }));
      const object: ObjectOf<"billing.alert"> = {
        id: world.newId("alrt"),
        object: "billing.alert",
        alert_type: "usage_threshold",
        livemode: false,
        status: "active",
        title,
        usage_threshold: {
          filters: filters.length === 0 ? null : filters,
          gte: sent.gte,
          meter,
          recurrence: "one_time",
        },
      };
      const secrets = { triggeredFor: [], createdAt: world.now() };
      world.insert("billing.alert", object, secrets, world.now());
      return show(world, object);
    },
  ),
  [`GET ${alertUrl}`]: listRoute(
    "billing.alert",
    alertUrl,
    { alert_type: oneOf(["usage_threshold"]), meter: text },
    (_world, { meter }) => (meter === undefined ? {} : { parent: meter }),
  ),
  [`GET ${alertUrl}/:id`]: retrieveRoute("billing.alert"),
  [`POST ${alertUrl}/:id/activate`]: alertStatus("active"),
  [`POST ${alertUrl}/:id/deactivate`]: alertStatus("inactive"),
  [`POST ${alertUrl}/:id/archive`]: alertStatus("archived"),
};

function alertStatus(status: "active" | "archived" | "inactive") {
  return route({}, (world, _params, { id }) => {
    const row = get(world, "billing.alert", id);
    if (row.object.status === "archived") {
      throw invalidRequest("An archived alert cannot be changed.", undefined, "id");
    }
    row.object = { ...row.object, status };
    return show(world, world.save(row).object);
  });
}

interface StreamEvent {
  event_name: string;
  identifier?: string;
  payload: Record<string, string>;
  timestamp?: string;
}

// A stream is checked after it was accepted: what is wrong comes as an event, not as an answer.
function count(world: World, { timestamp, ...event }: StreamEvent): void {
  const at = timestamp === undefined ? world.now() : Math.floor(Date.parse(timestamp) / 1000);
  if (event.identifier !== undefined && findUsage(world, event.identifier)) return;
  try {
    recordUsage(world, { ...event, timestamp: at });
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    reportUsage(world, event, error);
  }
}

function checkSession(world: World): void {
  const key = world.request.token ?? "";
  const [row] = world.list("v2.billing.meter_event_session", { key });
  if (row !== undefined && Date.parse(row.object.expires_at) / 1000 > world.now()) return;
  throw new StripeError(401, {
    type: "temporary_session_expired",
    code: "billing_meter_event_session_expired",
    message: "The temporary session token has expired.",
  });
}
