import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const entitling = ["active", "trialing", "past_due"];

/** What a customer may use: the features of the products it is subscribed to. */
export function entitlementsOf(world: World, customer: string) {
  const rows = world
    .list("entitlements.active_entitlement", { order: "oldest" })
    .filter(({ hidden }) => hidden.customer === customer);
  return rows.map(({ object }) => object);
}

/** Brings a customer's entitlements to what its subscriptions give, and says so if that differs. */
export function refreshEntitlements(world: World, customer: string): void {
  if (world.list("product_feature", { limit: 1 }).length === 0) return;
  const wanted = featuresOf(world, customer);
  const kept = world
    .list("entitlements.active_entitlement")
    .filter(({ hidden }) => hidden.customer === customer);
  const gone = kept.filter(({ object }) => !wanted.some(({ id }) => id === object.feature));
  const fresh = wanted.filter(({ id }) => !kept.some(({ object }) => object.feature === id));
  if (gone.length === 0 && fresh.length === 0) return;
  for (const row of gone) world.remove(row);
  for (const { id, lookup_key } of fresh) {
    const object = {
      id: world.newId("ent_test"),
      object: "entitlements.active_entitlement" as const,
      feature: id,
      livemode: false,
      lookup_key,
    };
    world.insert("entitlements.active_entitlement", object, { customer }, world.now());
  }
  const url = `/v1/customer/${customer}/entitlements`;
  world.emit("entitlements.active_entitlement_summary.updated", {
    object: "entitlements.active_entitlement_summary",
    customer,
    entitlements: listOf(url, entitlementsOf(world, customer)),
    livemode: false,
  });
}

function featuresOf(world: World, customer: string): ObjectOf<"entitlements.feature">[] {
  const products = world
    .list("subscription", { customer, statuses: entitling })
    .flatMap(({ object }) => world.list("subscription_item", { parent: object.id }))
    .map(({ object }) => object.price.product);
  const features = world
    .list("product_feature", { order: "oldest" })
    .filter(({ hidden }) => products.includes(hidden.product))
    .flatMap(({ object }) => {
      const row = world.find("entitlements.feature", object.entitlement_feature.id);
      return row?.object.active ? [row.object] : [];
    });
  return [...new Map(features.map((feature) => [feature.id, feature])).values()];
}
