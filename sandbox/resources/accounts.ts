import { accountView, capabilityView } from "#sandbox/connect/account-view";
import { noSuch } from "#sandbox/protocol/errors";
import { pageOf, pagingParams, type Routes, route } from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

/** `/v1/accounts`: the v1 view of accounts that are made and changed through v2. */
export const accountRoutes: Routes = {
  "GET /v1/account": route({}, (world) => accountView(world, world.account)),
  "GET /v1/accounts/:id": route({}, (world, _params, { id }) => accountView(world, id ?? "")),
  "GET /v1/accounts": route(pagingParams, (world, paging) =>
    pageOf(world, "/v1/accounts", "v2.core.account", {}, paging, ({ object }) =>
      accountView(world, object.id),
    ),
  ),
  "GET /v1/accounts/:id/capabilities": route({}, (world, _params, { id }) => ({
    object: "list",
    url: `/v1/accounts/${id}/capabilities`,
    has_more: false,
    data: capabilitiesOf(world, id ?? ""),
  })),
  "GET /v1/accounts/:id/capabilities/:id": route({}, (world, _params, { id, sub }) => {
    const found = capabilitiesOf(world, id ?? "").find((each) => each.id === sub);
    if (found === undefined) throw noSuch("capability", sub ?? "");
    return found;
  }),
};

function capabilitiesOf(world: World, id: string) {
  return [...capabilityView(world, id, "merchant"), ...capabilityView(world, id, "recipient")];
}
