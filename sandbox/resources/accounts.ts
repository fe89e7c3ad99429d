import type Stripe from "stripe";
import { get, pageSize, pagingParams, type Routes, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Stored } from "#sandbox/store/wire";
import type { World } from "#sandbox/world/world";

/** `/v1/accounts`: the v1 view of accounts that are made and changed through v2. */
export const accountRoutes: Routes = {
  "GET /v1/account": route({}, (world) => accountView(world, world.account)),
  "GET /v1/accounts/:id": route({}, (world, _params, { id }) => accountView(world, id ?? "")),
  "GET /v1/accounts": route(pagingParams, (world, { limit }) => {
    const rows = world.list("v2.core.account", { limit: pageSize(limit) });
    const data = rows.map(({ object }) => accountView(world, object.id));
    return { object: "list", url: "/v1/accounts", has_more: false, data };
  }),
};

/** An account as v1 shows it. */
export function accountView(world: World, id: string): Stored<Stripe.Account> {
  const platform = world.as(world.namespace.account);
  if (id === world.namespace.account) return viewOf(id, undefined, 0);
  const { object } = get(platform, "v2.core.account", id);
  return viewOf(id, object, Math.floor(Date.parse(object.created) / 1000));
}

function viewOf(
  id: string,
  account: ObjectOf<"v2.core.account"> | undefined,
  created: number,
): Stored<Stripe.Account> {
  const merchant = account?.configuration?.merchant;
  const isActive = merchant?.capabilities?.card_payments?.status === "active";
  const isPlatform = account === undefined;
  return {
    id,
    object: "account",
    business_profile: null,
    business_type: null,
    capabilities: { card_payments: isActive || isPlatform ? "active" : "inactive" },
    charges_enabled: isActive || isPlatform,
    country: account?.identity?.country?.toUpperCase() ?? "US",
    created,
    default_currency: account?.defaults?.currency ?? "usd",
    details_submitted: isActive || isPlatform,
    email: account?.contact_email ?? null,
    metadata: account?.metadata ?? {},
    payouts_enabled: isActive || isPlatform,
    type: account?.dashboard === "express" ? "express" : isPlatform ? "standard" : "none",
  };
}
