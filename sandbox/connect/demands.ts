import { refreshAccount } from "#sandbox/connect/refresh-account";
import { get } from "#sandbox/protocol/route";
import type { Demand } from "#sandbox/store/kept";
import type { World } from "#sandbox/world/world";

/** Stripe wants to know something more, by a deadline if one is set. */
export function demandOf(world: World, id: string, demand: Demand): unknown {
  const row = get(world, "v2.core.account", id);
  const others = (row.hidden.demands ?? []).filter(
    ({ description }) => description !== demand.description,
  );
  row.hidden = { ...row.hidden, demands: [...others, demand] };
  world.save(row);
  refreshAccount(world, id);
  return get(world, "v2.core.account", id).object.requirements;
}

/** One of the things asked for was given. */
export function satisfy(world: World, id: string, description: string): unknown {
  const row = get(world, "v2.core.account", id);
  const others = (row.hidden.demands ?? []).filter((each) => each.description !== description);
  row.hidden = { ...row.hidden, demands: others };
  world.save(row);
  refreshAccount(world, id);
  return get(world, "v2.core.account", id).object.requirements;
}
