import { boolean, integer, listOf, text } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  pageOfV2,
  type Routes,
  range,
  rangeQuery,
  route,
} from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

/** `/v1/events` and `/v2/core/events`: everything that happened, as it was when it happened. */
export const eventRoutes: Routes = {
  "GET /v1/events": listRoute(
    "event",
    "/v1/events",
    { type: text, types: listOf(text), delivery_success: boolean },
    (_world, { type, types, delivery_success: isDelivered }) => ({
      ...(type === undefined ? {} : { key: type }),
      ...(types === undefined ? {} : { keys: types }),
      ...(isDelivered === undefined ? {} : { isDelivered }),
    }),
  ),
  "GET /v1/events/:id": route({}, (world, _params, { id }) => {
    const { object } = get(world, "event", id);
    return { ...object, pending_webhooks: pendingFor(world, object.id) };
  }),
  "GET /v2/core/events": route(
    { object_id: text, types: listOf(text), created: range, limit: integer, page: text },
    (world, { object_id, types, created, ...paging }) => {
      const query = {
        ...rangeQuery(created),
        ...(object_id === undefined ? {} : { parent: object_id }),
        ...(types === undefined ? {} : { keys: types }),
      };
      const url = "/v2/core/events";
      const from = typeof created === "object" ? created.gte : undefined;
      const filters = from === undefined ? "" : `created[gte]=${from}&`;
      return pageOfV2(
        world,
        `${url}?${filters}`,
        "v2.core.event",
        query,
        paging,
        ({ object }) => object,
      );
    },
  ),
  "GET /v2/core/events/:id": route({}, (world, _params, { id }) => {
    return get(world, "v2.core.event", id).object;
  }),
};

function pendingFor(world: World, event: string): number {
  const row = world.database.one(
    "SELECT count(*) AS n FROM deliveries WHERE namespace = ? AND event = ? " +
      "AND state IN ('pending', 'held')",
    ...[world.namespace.name, event],
  );
  return Number(row?.n ?? 0);
}
