import type { BillingSettings } from "#sandbox/store/billing-kept";
import type { World } from "#sandbox/world/world";

const usual: BillingSettings = {
  id: "billing",
  object: "local.billing",
  after_retries: "cancel",
  upcoming_days: 7,
  will_be_due_days: null,
};

/** What this namespace's dashboard would say about billing. */
export function billingSettings(world: World): BillingSettings {
  return { ...usual, ...platform(world).find("local.billing", "billing")?.object };
}

/** Changes it, until the namespace is reset. */
export function changeBillingSettings(
  world: World,
  changes: Partial<Omit<BillingSettings, "id" | "object">>,
): BillingSettings {
  const row = platform(world).find("local.billing", "billing");
  const object = { ...usual, ...row?.object, ...changes };
  if (row === undefined) platform(world).insert("local.billing", object, {}, world.now());
  else platform(world).save({ ...row, object });
  return object;
}

function platform(world: World): World {
  return world.as(world.namespace.account);
}
