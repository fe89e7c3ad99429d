import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  listOf,
  metadata,
  required,
  type Shape,
  text,
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
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";

const fields = {
  description: unsettable(text),
  disabled: boolean,
  enabled_events: listOf(text),
  metadata,
  url: text,
} satisfies Shape;
const createFields = {
  api_version: text,
  connect: boolean,
  description: unsettable(text),
  enabled_events: required(listOf(text)),
  metadata,
  url: required(text),
} satisfies Shape;

/** `/v1/webhook_endpoints`. The secret is answered once, when the endpoint is made. */
export const webhookEndpointRoutes: Routes = {
  "POST /v1/webhook_endpoints": route(createFields, (world, params) => {
    checkUrl(params.url);
    const object: ObjectOf<"webhook_endpoint"> = {
      id: world.newId("we"),
      object: "webhook_endpoint",
      api_version: params.api_version ?? null,
      application: null,
      created: world.now(),
      description: params.description ?? null,
      enabled_events: params.enabled_events,
      livemode: false,
      metadata: mergeMetadata({}, params.metadata),
      status: "enabled",
      url: params.url,
    };
    const secret = world.newId("whsec");
    world.insert("webhook_endpoint", object, { secret, isConnect: params.connect ?? false });
    return { ...object, secret };
  }),
  "GET /v1/webhook_endpoints": listRoute(
    "webhook_endpoint",
    "/v1/webhook_endpoints",
    {},
    () => ({}),
  ),
  "GET /v1/webhook_endpoints/:id": retrieveRoute("webhook_endpoint"),
  "POST /v1/webhook_endpoints/:id": route(fields, (world, params, { id }) => {
    const row = get(world, "webhook_endpoint", id);
    const { disabled, metadata: sent, ...plain } = params;
    if (plain.url !== undefined) checkUrl(plain.url);
    row.object = {
      ...row.object,
      ...plain,
      metadata: mergeMetadata(row.object.metadata, sent),
      ...(disabled === undefined ? {} : { status: disabled ? "disabled" : "enabled" }),
    };
    return show(world, world.save(row).object);
  }),
  "DELETE /v1/webhook_endpoints/:id": route({}, (world, _params, { id }) => {
    const row = get(world, "webhook_endpoint", id);
    world.remove(row);
    return { id: row.object.id, object: "webhook_endpoint", deleted: true };
  }),
};

/** An endpoint must be a web address; unlike Stripe's it may be on this machine and without TLS. */
export function checkUrl(url: string): void {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return;
  throw invalidRequest(
    "Invalid URL: An explicit scheme (such as https) must be provided.",
    "url_invalid",
    "url",
  );
}
