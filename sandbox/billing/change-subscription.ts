import { announce } from "#sandbox/billing/announce-subscription";
import { changesOf } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Writes a change of a subscription and announces it, saying what was there before. */
export function changeSubscription(
  world: World,
  row: Row<"subscription">,
  changes: Partial<ObjectOf<"subscription">>,
  previous: Partial<ObjectOf<"subscription">> = {},
): void {
  const before = row.object;
  row.object = { ...before, ...changes };
  world.save(row);
  const changed = { ...changesOf<"subscription">(before, row.object), ...previous };
  if (Object.keys(changed).length === 0) return;
  announce(world, "customer.subscription.updated", row.object, changed);
}
