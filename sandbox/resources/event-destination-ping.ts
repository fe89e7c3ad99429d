import { pingDestination } from "#sandbox/events/emit";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get, type Routes, route } from "#sandbox/protocol/route";

/** `/v2/core/event_destinations/:id/ping`: an event for this destination alone, whatever it asked
 *  for. */
export const eventDestinationPingRoutes: Routes = {
  "POST /v2/core/event_destinations/:id/ping": route({}, (world, _params, { id }) => {
    const { object } = get(world, "v2.core.event_destination", id);
    if (object.status !== "enabled") {
      const message = "You can only ping an event destination that is enabled.";
      throw invalidRequest(message, "event_destination_disabled");
    }
    return get(world, "v2.core.event", pingDestination(world, object.id)).object;
  }),
};
