import {
  integer,
  listOf,
  metadata,
  oneOf,
  required,
  type Shape,
  shape,
  text,
} from "#sandbox/protocol/params";
import { get, mergeMetadata, pageOfV2, type Routes, route } from "#sandbox/protocol/route";
import { checkUrl } from "#sandbox/resources/webhook-endpoints";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const include = listOf(oneOf(["webhook_endpoint.signing_secret", "webhook_endpoint.url"]));
const webhookEndpoint = shape({ url: required(text) });
const fields = {
  description: text,
  enabled_events: listOf(text),
  include,
  metadata,
  name: text,
  webhook_endpoint: webhookEndpoint,
} satisfies Shape;
const createFields = {
  ...fields,
  enabled_events: required(listOf(text)),
  event_payload: required(oneOf(["snapshot", "thin"])),
  events_from: listOf(oneOf(["@self", "@accounts"])),
  name: required(text),
  snapshot_api_version: text,
  type: required(oneOf(["webhook_endpoint"])),
  webhook_endpoint: required(webhookEndpoint),
} satisfies Shape;

const url = "/v2/core/event_destinations";

/** `/v2/core/event_destinations`: where thin events go, and snapshots if asked for. */
export const eventDestinationRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    checkUrl(params.webhook_endpoint.url);
    const at = isoNow(world);
    const object: ObjectOf<"v2.core.event_destination"> = {
      id: world.newId("ed_test"),
      object: "v2.core.event_destination",
      created: at,
      description: params.description ?? "",
      enabled_events: params.enabled_events,
      event_payload: params.event_payload,
      events_from: params.events_from ?? ["@self"],
      livemode: false,
      metadata: mergeMetadata({}, params.metadata),
      name: params.name,
      ...(params.snapshot_api_version === undefined
        ? {}
        : { snapshot_api_version: params.snapshot_api_version }),
      status: "enabled",
      type: "webhook_endpoint",
      updated: at,
      webhook_endpoint: { url: params.webhook_endpoint.url },
    };
    const row = world.insert(
      "v2.core.event_destination",
      object,
      { secret: world.newId("whsec") },
      world.now(),
    );
    return shown(row, params.include);
  }),
  [`GET ${url}`]: route({ include, limit: integer, page: text }, (world, params) => {
    return pageOfV2(world, url, "v2.core.event_destination", {}, params, (row) =>
      shown(row, params.include),
    );
  }),
  [`GET ${url}/:id`]: route({ include }, (world, params, { id }) =>
    shown(get(world, "v2.core.event_destination", id), params.include),
  ),
  [`POST ${url}/:id`]: route(fields, (world, params, { id }) => {
    const { include: asked, metadata: sent, webhook_endpoint: endpoint, ...plain } = params;
    if (endpoint !== undefined) checkUrl(endpoint.url);
    return change(
      world,
      id,
      (kept) => ({
        ...plain,
        metadata: mergeMetadata(kept.metadata ?? {}, sent),
        ...(endpoint === undefined ? {} : { webhook_endpoint: { url: endpoint.url } }),
      }),
      asked,
    );
  }),
  [`DELETE ${url}/:id`]: route({}, (world, _params, { id }) => {
    const row = get(world, "v2.core.event_destination", id);
    world.remove(row);
    return { id: row.object.id, object: "v2.core.event_destination" };
  }),
  [`POST ${url}/:id/enable`]: route({}, (world, _params, { id }) =>
    change(world, id, () => ({ status: "enabled" })),
  ),
  [`POST ${url}/:id/disable`]: route({}, (world, _params, { id }) =>
    change(world, id, () => ({
      status: "disabled",
      status_details: { disabled: { reason: "user" } },
    })),
  ),
};

function change(
  world: World,
  id: string | undefined,
  changes: (
    kept: ObjectOf<"v2.core.event_destination">,
  ) => Partial<ObjectOf<"v2.core.event_destination">>,
  asked?: readonly string[],
) {
  const row = get(world, "v2.core.event_destination", id);
  row.object = { ...row.object, ...changes(row.object), updated: isoNow(world) };
  return shown(world.save(row), asked);
}

function shown(row: Row<"v2.core.event_destination">, asked: readonly string[] = []) {
  const { webhook_endpoint: endpoint, ...rest } = row.object;
  return {
    ...rest,
    webhook_endpoint: {
      ...(asked.includes("webhook_endpoint.url") ? { url: endpoint?.url } : {}),
      ...(asked.includes("webhook_endpoint.signing_secret")
        ? { signing_secret: row.hidden.secret }
        : {}),
    },
  };
}

function isoNow(world: World): string {
  return new Date(world.now() * 1000).toISOString();
}
