import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** The tax rates a request names. */
export function ratesNamed(
  world: World,
  ids: readonly string[],
  param = "default_tax_rates",
): ObjectOf<"tax_rate">[] {
  return ids.map((id, place) => get(world, "tax_rate", id, `${param}[${place}]`).object);
}
