import { required, text } from "#sandbox/protocol/params";
import { get, listRoute, type Routes } from "#sandbox/protocol/route";

/** `/v1/setup_attempts`: every try of a setup intent. */
export const setupAttemptRoutes: Routes = {
  "GET /v1/setup_attempts": listRoute(
    "setup_attempt",
    "/v1/setup_attempts",
    { setup_intent: required(text) },
    (world, { setup_intent: id }) => ({
      parent: get(world, "setup_intent", id, "setup_intent").object.id,
    }),
  ),
};
