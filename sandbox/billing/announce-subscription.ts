import { refreshEntitlements } from "#sandbox/billing/entitlements";
import type { EventType } from "#sandbox/events/emit";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Says what became of a subscription, and brings its customer's entitlements up to it. */
export function announce(
  world: World,
  type: Extract<EventType, `customer.subscription.${string}`>,
  subscription: ObjectOf<"subscription">,
  previous?: object,
): void {
  world.emit(type, subscription, previous);
  refreshEntitlements(world, subscription.customer);
}
